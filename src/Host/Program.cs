using Porchlight.Host;

var configuration = new ConfigurationBuilder().AddEnvironmentVariables().Build();
return await new CommandLine(configuration, Console.Out, Console.Error).RunAsync(args);
