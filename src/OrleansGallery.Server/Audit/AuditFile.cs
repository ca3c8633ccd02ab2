using System.Text.Json;
using System.Text.Json.Serialization;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OrleansGallery.Contracts;

namespace OrleansGallery.Server;

/// <summary>
/// The audit trail as JSON lines. No request waits for it: what the disk cannot take is left out, and the next line
/// says how much. A full file gets the name with <c>.1</c> in the place of the one before it.
/// </summary>
internal sealed partial class AuditFile : IDisposable
{
    private const int MaxWaiting = 10_000;

    private static readonly JsonSerializerOptions Json = CreateJson();

    private readonly Channel<AuditEntry> _waiting = Channel.CreateBounded<AuditEntry>(MaxWaiting);
    private readonly ILogger<AuditFile> _logger;
    private readonly string _path;
    private readonly long _maxBytes;
    private readonly Task _writing;
    private FileStream? _file;
    private long _leftOut;
    private bool _isFailing;

    /// <exception cref="StartRefusedException">The file cannot be written.</exception>
    public AuditFile(IOptions<ServerOptions> options, ILogger<AuditFile> logger)
    {
        _logger = logger;
        _maxBytes = options.Value.AuditFileBytes;
        _path = options.Value.AuditFile.Length == 0 ? string.Empty : Path.GetFullPath(options.Value.AuditFile);
        if (_path.Length == 0)
        {
            _writing = Task.CompletedTask;
            return;
        }

        try
        {
            _file = Open();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StartRefusedException(
                $"{ServerOptions.Section}:{nameof(ServerOptions.AuditFile)} is '{options.Value.AuditFile}', which "
                + $"cannot be written: {exception.Message}", exception);
        }

        _writing = Task.Run(WriteAllAsync);
    }

    /// <summary>Whether there is a file.</summary>
    public bool IsOpen => _path.Length > 0;

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
        _file?.Dispose();
    }

    private async Task WriteAllAsync()
    {
        List<AuditEntry> entries = [];
        while (await _waiting.Reader.WaitToReadAsync())
        {
            entries.Clear();
            while (entries.Count < MaxWaiting && _waiting.Reader.TryRead(out AuditEntry? entry))
            {
                entries.Add(entry);
            }

            try
            {
                Append(entries);
                _isFailing = false;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                Interlocked.Add(ref _leftOut, entries.Count);
                _file?.Dispose();
                _file = null;
                if (!_isFailing)
                {
                    _isFailing = true;
                    Log.Failed(_logger, exception, _path);
                }
            }
        }
    }

    private void Append(List<AuditEntry> entries)
    {
        using MemoryStream lines = new();
        long leftOut = Interlocked.Exchange(ref _leftOut, 0);
        if (leftOut > 0)
        {
            AddLine(lines, new { entries[0].Time, leftOut });
        }

        entries.ForEach(entry => AddLine(lines, entry));
        try
        {
            _file ??= Open();
            if (_file.Length > 0 && _file.Length + lines.Length > _maxBytes)
            {
                _file.Dispose();
                _file = null;
                File.Move(_path, _path + ".1", overwrite: true);
                _file = Open();
            }

            lines.Position = 0;
            lines.CopyTo(_file);
            _file.Flush();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Interlocked.Add(ref _leftOut, leftOut);
            throw;
        }
    }

    private static void AddLine(MemoryStream lines, object line)
    {
        JsonSerializer.Serialize(lines, line, line.GetType(), Json);
        lines.WriteByte((byte)'\n');
    }

    // Nobody but this process's user needs to read who did what.
    private FileStream Open()
    {
        FileStreamOptions how = new() { Mode = FileMode.Append, Access = FileAccess.Write, Share = FileShare.Read };
        if (!OperatingSystem.IsWindows())
        {
            how.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(_path, how);
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
