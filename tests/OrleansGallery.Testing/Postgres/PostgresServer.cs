using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace OrleansGallery.Testing;

/// <summary>
/// A PostgreSQL server in a folder of its own, on a Unix socket there. It is as durable as a real one. A shell stands
/// between it and the tests: it ends the server and removes the folder when it is told so, and also when the process of
/// the tests is gone, however it went.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private const string Administrator = "gallery";

    // Words collate by a language here, unlike in the cultures that servers in containers mostly have: a column that
    // was left without COLLATE "C" shows.
    private const string Script = """
        folder=$1; programs=$2; owner=$3; shift 3
        mkdir -m 700 "$folder" && chown "$owner" "$folder"
        begin() {
            "$@" "$programs/pg_ctl" start --silent --wait --timeout=60 --pgdata="$folder/data" \
                --log="$folder/server.log" \
                --options="-c listen_addresses= -c unix_socket_directories=$folder -c fsync=on -c max_connections=200" \
                </dev/null >/dev/null && echo ready || { tail -n 5 "$folder/server.log" | tr '\n' ' '; echo; }
        }
        end() {
            "$@" "$programs/pg_ctl" stop --silent --wait --mode=immediate --pgdata="$folder/data" </dev/null >/dev/null
        }
        trap '' INT TERM HUP
        "$@" "$programs/initdb" --no-sync --username=gallery --auth=trust --encoding=UTF8 --locale=C.UTF-8 \
            --locale-provider=icu --icu-locale=en-US --pgdata="$folder/data" </dev/null >"$folder/initdb.log" 2>&1 \
            || { tail -n 5 "$folder/initdb.log" | tr '\n' ' '; echo; }
        begin "$@"
        while read -r order; do
            case $order in
                crash) end "$@"; echo crashed ;;
                start) begin "$@" ;;
            esac
        done
        end "$@"
        rm -rf "$folder"
        """;

    private readonly Process _shell;
    private readonly string _folder;

    private PostgresServer(Process shell, string folder)
    {
        _shell = shell;
        _folder = folder;
    }

    /// <summary>Where it listens; a <see cref="CuttableProxy"/> leads there over TCP.</summary>
    public EndPoint Address => new UnixDomainSocketEndPoint(Path.Combine(_folder, ".s.PGSQL.5432"));

    /// <summary>Starts a server, which takes about two seconds.</summary>
    /// <returns>The server, ready.</returns>
    internal static async Task<PostgresServer> StartAsync(PostgresPrograms programs)
    {
        // Not where TMPDIR says: the path of a socket must be shorter than 108 bytes.
        string folder = Path.Combine("/tmp", $"gallery-postgres-{Guid.NewGuid():N}");
        ProcessStartInfo start = new("/bin/sh") { RedirectStandardInput = true, RedirectStandardOutput = true };
        string owner = programs.User?.Name ?? Environment.UserName;
        string[] prefix = programs.User is { } user
            ? ["setpriv", $"--reuid={user.UserId}", $"--regid={user.GroupId}", "--clear-groups"] : [];
        foreach (string argument in (string[])["-c", Script, "postgres", folder, programs.Folder, owner, .. prefix])
        {
            start.ArgumentList.Add(argument);
        }

        // Where the tests' own folder is not this user's to enter, PostgreSQL's programs complain.
        start.WorkingDirectory = "/";
        PostgresServer server = new(Process.Start(start)!, folder);
        await server.ExpectAsync("ready");
        return server;
    }

    /// <summary>How to reach a database of this server.</summary>
    /// <param name="database">The database's name.</param>
    /// <returns>An Npgsql connection string.</returns>
    public string ConnectionString(string database = "postgres") => new NpgsqlConnectionStringBuilder
    {
        Host = _folder,
        Username = Administrator,
        Database = database,
    }.ConnectionString;

    /// <summary>Ends the server in the middle of whatever it does, as losing its machine would.</summary>
    /// <returns>When it is gone.</returns>
    public Task CrashAsync() => OrderAsync("crash", "crashed");

    /// <summary>Starts a server that crashed; it recovers first.</summary>
    /// <returns>When it is ready.</returns>
    public Task RestartAsync() => OrderAsync("start", "ready");

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        _shell.StandardInput.Close();
        await _shell.WaitForExitAsync();
        _shell.Dispose();
    }

    private async Task OrderAsync(string order, string answer)
    {
        await _shell.StandardInput.WriteLineAsync(order);
        await _shell.StandardInput.FlushAsync();
        await ExpectAsync(answer);
    }

    private async Task ExpectAsync(string answer)
    {
        string? line = await _shell.StandardOutput.ReadLineAsync();
        if (line != answer)
        {
            await DisposeAsync();
            throw new InvalidOperationException($"PostgreSQL is not {answer}, it says: {line}");
        }
    }
}
