using Api.Commands;

return await CommandLine.Run(args);
