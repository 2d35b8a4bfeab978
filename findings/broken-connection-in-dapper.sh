#!/usr/bin/env bash
# One would guess: when a connection to PostgreSQL breaks while rows are read, the caller of Dapper's QueryMultiple gets the NpgsqlException, and can tell a lost database from a fault of his own.
# True: from the first row on he gets an InvalidOperationException, "The reader is closed", without the cause, since Dapper goes on to the next result when it cleans up. Query gives the
# NpgsqlException between two rows, and inside of a row a System.Data.DataException around it. Only where the connection breaks before the first row both give the NpgsqlException.
# Who meets it: services that answer "come back later" or ask once more when the exception is an NpgsqlException; these fail as if the program were wrong.
# Versions: Dapper 2.1.86, Npgsql 10.0.3, .NET 10. The server here speaks just enough of PostgreSQL's protocol to break off at a chosen place.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > read.cs <<'CS'
#:package Dapper@2.1.86
#:package Npgsql@10.0.3
#:property PublishAot=false
using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Reflection;
using System.Text;
using Dapper;
using Npgsql;

static byte[] Message(char type, params byte[][] parts)
{
    var body = parts.SelectMany(part => part).ToArray();
    return [(byte)type, .. Int(body.Length + 4), .. body];
}
static byte[] Int(int value) { var bytes = new byte[4]; BinaryPrimitives.WriteInt32BigEndian(bytes, value); return bytes; }
static byte[] Short(short value) { var bytes = new byte[2]; BinaryPrimitives.WriteInt16BigEndian(bytes, value); return bytes; }
static byte[] Text(string value) => [.. Encoding.UTF8.GetBytes(value), 0];
byte[] Row(int length) => Message('D', Short(1), Int(length), Encoding.ASCII.GetBytes(new string('x', length)));

var header = Message('1').Concat(Message('2')).Concat(Message('T', Short(1), Text("word"), Int(0), Short(0), Int(25), Short(-1), Int(-1), Short(0))).ToArray();
(string Where, byte[] Answer)[] breaks =
[
    ("before the first row", header),
    ("between two rows", [.. header, .. Row(5)]),
    ("inside of a row", [.. header, .. Row(5), .. Row(50_000)[..30_000]]),
];

async Task Serve(TcpListener listener, byte[] answer)
{
    using var client = await listener.AcceptTcpClientAsync();
    var stream = client.GetStream();
    var buffer = new byte[65536];
    await stream.ReadAtLeastAsync(buffer, 1);
    await stream.WriteAsync(Message('R', Int(0)).Concat(Message('S', Text("server_version"), Text("17.0"))).Concat(Message('S', Text("client_encoding"), Text("UTF8")))
        .Concat(Message('K', Int(1), Int(1))).Concat(Message('Z', [(byte)'I'])).ToArray());
    await stream.ReadAtLeastAsync(buffer, 1);
    await stream.WriteAsync(answer);
    await Task.Delay(200);
}

var failed = false;
async Task Try(string how, string where, byte[] answer, string expected, Func<NpgsqlConnection, Task> read)
{
    var listener = new TcpListener(IPAddress.Loopback, 0);
    listener.Start();
    var serving = Serve(listener, answer);
    var said = "nothing was thrown";
    try
    {
        await using var connection = new NpgsqlConnection($"Host=127.0.0.1;Port={((IPEndPoint)listener.LocalEndpoint).Port};Username=a;Database=a;SSL Mode=Disable;GSS Encryption Mode=Disable;Pooling=false;Server Compatibility Mode=NoTypeLoading");
        await connection.OpenAsync();
        await read(connection);
    }
    catch (Exception e)
    {
        said = e.GetType().Name + (e.InnerException is NpgsqlException ? " around an NpgsqlException" : "");
    }
    await serving;
    listener.Stop();
    Console.WriteLine($"{how}, broken {where}: {said}");
    if (said == expected) return;
    Console.WriteLine($"  no longer {expected}");
    failed = true;
}

var dapper = typeof(SqlMapper).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
Console.WriteLine($"Dapper {dapper}, Npgsql {typeof(NpgsqlConnection).Assembly.GetName().Version}, .NET {Environment.Version}");
string[] multiple = ["NpgsqlException", "InvalidOperationException", "InvalidOperationException"], one = ["NpgsqlException", "NpgsqlException", "DataException around an NpgsqlException"];
for (var n = 0; n < breaks.Length; n++)
{
    var (where, answer) = breaks[n];
    await Try("QueryMultiple", where, answer, multiple[n], async connection =>
    {
        await using var results = await connection.QueryMultipleAsync("select word from words");
        (await results.ReadAsync<Line>()).AsList();
    });
    await Try("Query", where, answer, one[n], async connection => (await connection.QueryAsync<Line>("select word from words")).AsList());
}
return failed ? 1 : 0;

internal sealed record Line { public string Word { get; init; } = ""; }
CS
dotnet run read.cs
