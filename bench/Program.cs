using Porchlight.Bench;

// `./dev bench` lists, `./dev bench NAME` runs one. Each closes with a line a goal: goal NAME: FIGURE (want WANT).
IReadOnlyList<Benchmark> all = [new Questions(), new Import(), new Page(), new Weight(), new Start()];
var chosen = args.Length == 0 ? null : all.FirstOrDefault(b => b.Name == args[0]);
if (chosen is null) {
  Console.WriteLine("Benchmarks, each run alone with ./dev bench NAME (ROWS=1000000 before it for a smaller one):");
  foreach (var benchmark in all) Console.WriteLine($"  {benchmark.Name,-10} {benchmark.Shows}");
  return args.Length == 0 ? 0 : 2;
}
using var bench = new Workshop();
await chosen.RunAsync(bench);
return 0;
