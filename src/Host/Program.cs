using Porchlight.Host;

var configuration = new ConfigurationBuilder().AddEnvironmentVariables().Build();
var person = Console.IsInputRedirected ? null : Console.In;
return await new CommandLine(configuration, Console.Out, Console.Error, input: person).RunAsync(args);
