using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace OrleansGallery.Server;

/// <summary>
/// Writes the trail into the file and the log. A key that is refused the same thing again and again has one line of it,
/// and one that says how often, per <see cref="Span"/>: no key can push what was done out of the trail by what was not.
/// </summary>
internal sealed partial class AuditBook : IDisposable
{
    public static readonly TimeSpan Span = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<(string? KeyId, int? Status), AuditEntry> _refused = [];
    private readonly AuditFile _file;
    private readonly ILogger _logger;
    private readonly ITimer _timer;

    public AuditBook(AuditFile file, ILoggerFactory loggers, TimeProvider time)
    {
        _file = file;
        _logger = loggers.CreateLogger(AuditTrail.Category);
        _timer = time.CreateTimer(static book => ((AuditBook)book!).WriteRepeated(), this, Span, Span);
    }

    /// <summary>Whether anybody reads what is written here.</summary>
    public bool IsOpen => _file.IsOpen || _logger.IsEnabled(LogLevel.Information);

    public void Write(AuditEntry entry)
    {
        if (!IsRepeated(entry))
        {
            Append(entry);
        }
    }

    public void Dispose()
    {
        _timer.Dispose();
        WriteRepeated();
    }

    // What takes nothing but a key that is good for less, or for less often, to be sent a thousand times a second.
    private bool IsRepeated(AuditEntry entry)
    {
        if (entry.Status is not (StatusCodes.Status403Forbidden or StatusCodes.Status405MethodNotAllowed
            or StatusCodes.Status429TooManyRequests))
        {
            return false;
        }

        lock (_lock)
        {
            ref AuditEntry? last = ref CollectionsMarshal.GetValueRefOrAddDefault(
                _refused, (entry.KeyId, entry.Status), out bool isThere);
            last = entry with { Repeated = isThere ? (last!.Repeated ?? 0) + 1 : null };
            return isThere;
        }
    }

    private void WriteRepeated()
    {
        AuditEntry[] repeated;
        lock (_lock)
        {
            repeated = [.. _refused.Values.Where(entry => entry.Repeated is not null)];
            _refused.Clear();
        }

        Array.ForEach(repeated, Append);
    }

    private void Append(AuditEntry entry)
    {
        _file.Write(entry);
        Log.Noted(
            _logger, entry.KeyId, entry.Method, entry.Route, entry.Gallery, entry.Subject, entry.Image, entry.Target,
            entry.Status, entry.Code, entry.Repeated, entry.RequestId);
    }

    private static partial class Log
    {
        [LoggerMessage(
            LogLevel.Information,
            "Key {KeyId}: {Method} {Route}, gallery {Gallery}, subject {Subject}, image {Image}, target {Target}: "
            + "{Status} {Code}, repeated {Repeated} ({RequestId})")]
        public static partial void Noted(
            ILogger logger, string? keyId, string method, string route, string? gallery, string? subject, string? image,
            string? target, int? status, string? code, long? repeated, string requestId);
    }
}
