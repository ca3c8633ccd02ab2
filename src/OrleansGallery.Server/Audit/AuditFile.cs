using System.Text.Json;
using System.Text.Json.Serialization;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OrleansGallery.Contracts;
using OrleansGallery.Storage;

namespace OrleansGallery.Server;

/// <summary>
/// The audit trail as JSON lines, of one process: two would move each other's files away. No request waits for it: what
/// the disk cannot take is left out, and the next line says how much.
/// </summary>
internal sealed partial class AuditFile : IDisposable
{
    private const int MaxWaiting = 10_000;

    private static readonly JsonSerializerOptions Json = CreateJson();

    private readonly Channel<AuditEntry> _waiting = Channel.CreateBounded<AuditEntry>(MaxWaiting);
    private readonly ILogger<AuditFile> _logger;
    private readonly AuditLines? _lines;
    private readonly IDisposable? _lock;
    private readonly Task _writing;
    private long _leftOut;
    private bool _isFailing;

    /// <exception cref="StartRefusedException">The file cannot be written, or is another process's.</exception>
    public AuditFile(IOptions<ServerOptions> options, ILogger<AuditFile> logger)
        : this(Open(options.Value), logger)
    {
    }

    internal AuditFile(AuditLines lines, ILogger<AuditFile> logger)
        : this((lines, null), logger)
    {
    }

    private AuditFile((AuditLines? Lines, IDisposable? Lock) file, ILogger<AuditFile> logger)
    {
        _logger = logger;
        (_lines, _lock) = file;
        _writing = _lines is { } lines ? Task.Run(() => WriteAllAsync(lines)) : Task.CompletedTask;
    }

    /// <summary>Whether there is a file.</summary>
    public bool IsOpen => _lines is not null;

    /// <summary>The file that is held while a trail is written.</summary>
    /// <param name="path">The trail.</param>
    public static string LockOf(string path) => path + ".lock";

    public void Write(AuditEntry entry)
    {
        if (IsOpen && !_waiting.Writer.TryWrite(entry))
        {
            Interlocked.Increment(ref _leftOut);
        }
    }

    public void Dispose()
    {
        _waiting.Writer.TryComplete();
        _writing.Wait();
        _lines?.Dispose();
        _lock?.Dispose();
    }

    private static (AuditLines? Lines, IDisposable? Lock) Open(ServerOptions options)
    {
        if (options.AuditFile.Length == 0)
        {
            return default;
        }

        string path = Path.GetFullPath(options.AuditFile);
        AuditLines lines = AuditLines.Of(path, options);
        IDisposable? held = null;
        try
        {
            held = LockFile.Hold(
                LockOf(path), cause => Refusal(options, "is written by another process; name another", cause));
            lines.Open();
            return (lines, held);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            held?.Dispose();
            throw Refusal(options, $"cannot be written: {exception.Message}", exception);
        }
    }

    private static StartRefusedException Refusal(ServerOptions options, string fault, Exception cause) => new(
        $"{ServerOptions.Section}:{nameof(ServerOptions.AuditFile)} is '{options.AuditFile}', which {fault}", cause);

    private async Task WriteAllAsync(AuditLines lines)
    {
        List<AuditEntry> entries = [];
        while (await _waiting.Reader.WaitToReadAsync())
        {
            entries.Clear();
            while (entries.Count < MaxWaiting && _waiting.Reader.TryRead(out AuditEntry? entry))
            {
                entries.Add(entry);
            }

            long leftOut = Interlocked.Exchange(ref _leftOut, 0);
            try
            {
                lines.Append(TextOf(entries, leftOut));
                _isFailing = false;
            }
#pragma warning disable CA1031 // Whatever the disk says, the trail goes on when it can.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                Interlocked.Add(ref _leftOut, entries.Count + leftOut);
                if (!_isFailing)
                {
                    _isFailing = true;
                    Log.Failed(_logger, exception, lines.Path);
                }
            }
        }
    }

    private static ReadOnlySpan<byte> TextOf(List<AuditEntry> entries, long leftOut)
    {
        using MemoryStream lines = new();
        if (leftOut > 0)
        {
            AddLine(lines, new { entries[0].Time, leftOut });
        }

        entries.ForEach(entry => AddLine(lines, entry));
        return lines.GetBuffer().AsSpan(0, (int)lines.Length);
    }

    private static void AddLine(MemoryStream lines, object line)
    {
        JsonSerializer.Serialize(lines, line, line.GetType(), Json);
        lines.WriteByte((byte)'\n');
    }

    private static JsonSerializerOptions CreateJson()
    {
        JsonSerializerOptions options = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };
        GalleryJson.Configure(options);
        return options;
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "The audit trail cannot be written to {File}; it is tried again")]
        public static partial void Failed(ILogger logger, Exception exception, string file);
    }
}
