using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Porchlight.Kernel.Outbox;

/// <summary>
/// What a module does when something happened, in another module or in slow I/O of its own. It runs in a scope of its own, at least once, some
/// time after the save that published the event, and in no promised order.
/// </summary>
/// <remarks>
/// It adds its changes to the database's context and does not save: they are saved with the removal of the message, in one commit, so that what it
/// writes is written once. What it does outside of the database may be done again after a crash. Any exception is a failure, tried again after a
/// pause that grows; a <see cref="RefusedException"/> will not mend by itself, and parks the message at once.
/// </remarks>
/// <typeparam name="TEvent">A record that System.Text.Json writes and reads.</typeparam>
public interface IHandle<in TEvent> {
  /// <summary>Does it. <paramref name="ct"/> ends it after four minutes, or some seconds after the program is told to stop; then it is run again.</summary>
  Task HandleAsync(TEvent happened, CancellationToken ct);
}

/// <summary>One handler of one event, as the outbox knows it.</summary>
/// <param name="Name">The handler's full type name: what a waiting message says, across restarts.</param>
/// <param name="Event">The event's type.</param>
/// <param name="RunAsync">Runs it with services of a scope.</param>
internal sealed record HandlerEntry(string Name, Type Event, Func<IServiceProvider, object, CancellationToken, Task> RunAsync);

/// <summary>Registers handlers.</summary>
public static class HandlerServices {
  /// <summary>From now on, every published <typeparamref name="TEvent"/> makes a message for <typeparamref name="THandler"/>.</summary>
  public static IServiceCollection AddHandler<TEvent, THandler>(this IServiceCollection services)
      where TEvent : notnull where THandler : class, IHandle<TEvent> {
    services.TryAddScoped<THandler>();
    return services.AddSingleton(new HandlerEntry(typeof(THandler).FullName!, typeof(TEvent),
      (scope, happened, ct) => scope.GetRequiredService<THandler>().HandleAsync((TEvent)happened, ct)));
  }

  /// <summary>The outbox itself: what publishes, and what shows parked messages.</summary>
  public static IServiceCollection AddOutbox(this IServiceCollection services) =>
    services.AddSingleton(s => new OutboxHandlers(s.GetServices<HandlerEntry>())).AddSingleton<OutboxDispatcher>().AddScoped<ParkedMessages>();

  /// <summary>Runs the handlers, for as long as the host runs: the web server's part.</summary>
  public static IServiceCollection AddOutboxRunner(this IServiceCollection services) => services.AddHostedService<OutboxRunner>();
}
