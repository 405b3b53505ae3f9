using Microsoft.Extensions.DependencyInjection;
using Porchlight.Kernel.Storage;

namespace Porchlight.Kernel.Blobs;

/// <summary>Registers the two places of blobs.</summary>
public static class BlobServices {
  /// <summary>One <see cref="IBlobs"/> for each <see cref="BlobPlace"/>, by that key; none without a key.</summary>
  public static IServiceCollection AddBlobs(this IServiceCollection services) {
    foreach (var place in Enum.GetValues<BlobPlace>()) services.AddKeyedSingleton(place, (s, _) => Open(s, place));
    return services;
  }

  private static IBlobs Open(IServiceProvider services, BlobPlace place) =>
    services.GetRequiredService<DatabaseChoice>().OpenBlobs(services.GetRequiredService<DataFolder>(), place);
}
