using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Porchlight.Host;
using Porchlight.Kernel.Storage;

namespace Porchlight.DesignTime;

/// <summary>What `dotnet ef` starts from: the Host's one list of modules on the provider named after `--`.</summary>
internal sealed class PlatformDbFactory : IDesignTimeDbContextFactory<PlatformDb> {
  public PlatformDb CreateDbContext(string[] args) {
    var options = new DbContextOptionsBuilder<PlatformDb>();
    var database = args.Contains("postgres") ? "Host=localhost;Database=design" : null;
    DatabaseChoice.From(database, Path.GetTempPath()).Configure(options);
    return new PlatformDb(options.Options, ModuleList.All);
  }
}

internal static class Program {
  private static void Main() => Console.Error.WriteLine("This project is for dotnet ef. Use ./dev migration NAME.");
}
