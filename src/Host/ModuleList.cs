using Porchlight.Accounts;
using Porchlight.Kernel.Modules;
using Porchlight.Transparency;

namespace Porchlight.Host;

/// <summary>The one list of modules.</summary>
public static class ModuleList {
  public static readonly IReadOnlyList<IModule> All = [new AccountsModule(), new TransparencyModule()];
}
