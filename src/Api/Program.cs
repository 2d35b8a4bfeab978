using Api.Commands;

if (args is ["import", ..])
    Restart.ForOneRun();
return await CommandLine.Run(args);
