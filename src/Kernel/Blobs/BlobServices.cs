using Microsoft.Extensions.DependencyInjection;
using Porchlight.Kernel.Storage;

namespace Porchlight.Kernel.Blobs;

/// <summary>Registers the two places of blobs.</summary>
public static class BlobServices {
  /// <summary>One <see cref="IBlobs"/> a <see cref="BlobPlace"/>, by that key: there is none without.</summary>
  public static IServiceCollection AddBlobs(this IServiceCollection services) {
    foreach (var place in Enum.GetValues<BlobPlace>())
      services.AddKeyedSingleton(place, (s, _) => s.GetRequiredService<DatabaseChoice>().OpenBlobs(s.GetRequiredService<DataFolder>(), place));
    return services;
  }
}
