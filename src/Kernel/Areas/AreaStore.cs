using Porchlight.Kernel.Storage;

namespace Porchlight.Kernel.Areas;

/// <summary>Reads and adds versions of the department's boundaries.</summary>
public sealed class AreaStore(PlatformDb db) {
  internal PlatformDb Db => db;
}
