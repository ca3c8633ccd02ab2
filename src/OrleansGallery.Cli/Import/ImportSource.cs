using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using OrleansGallery.Contracts;
using OrleansGallery.Offline;

namespace OrleansGallery.Cli;

/// <summary>The rows of files of embeddings, one after the other, read as they are sent.</summary>
internal sealed class ImportSource(IReadOnlyList<ImportFile> files)
{
    private readonly ConcurrentDictionary<long, string> _places = [];
    private readonly long _length = Math.Max(1, files.Sum(file => file.Length));
    private long _before;
    private IImportRows? _now;
    private string? _moreFrom;

    /// <summary>How much of the files was read, 0..1.</summary>
    public double Share => (double)(Volatile.Read(ref _before) + (Volatile.Read(ref _now)?.BytesRead ?? 0)) / _length;

    /// <summary>Where an item came from; asked once per item, as it is forgotten then.</summary>
    public string TakePlace(long seq) => _places.TryRemove(seq, out string? place) ? place : $"row {seq}";

    /// <summary>Reads item after item; what is wrong with a row or with the rest of a file is reported, and the next
    /// one goes on.</summary>
    /// <param name="report">Told the place, the code and the fault.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async IAsyncEnumerable<IngestItem> ReadAsync(
        Action<string, string, string> report, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // The file is read on a thread of its own from here on.
        await Task.Yield();
        long seq = 0;
        (ImportFile File, string From)? more = null;
        bool isWhole = false;
        foreach (ImportFile file in files)
        {
            foreach (ImportRow row in Rows(file, report))
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (row.Fault is { } fault)
                {
                    report(file.PlaceOf(row), "invalid_row", fault);
                    continue;
                }

                _places[++seq] = file.PlaceOf(row);
                yield return new IngestItem
                {
                    Seq = seq,
                    Identity = row.Identity,
                    ImageId = row.ImageId,
                    Facet = row.Facet,
                    TakenAt = row.TakenAt,
                    Vector = row.Vector,
                };
            }

            if (_moreFrom is { } from)
            {
                more = (file, from);
            }
            else
            {
                isWhole = true;
            }

            Volatile.Write(ref _before, _before + file.Length);
        }

        // Pages may come in any order: one of them is the last.
        if (more is { } last && !isWhole)
        {
            report(
                last.File.Path, "incomplete",
                $"By its next_page_offset there are more points, from {last.From} on; scroll on and import that, too.");
        }
    }

    private IEnumerable<ImportRow> Rows(ImportFile file, Action<string, string, string> report)
    {
        IEnumerator<ImportRow>? rows = null;
        _moreFrom = null;
        try
        {
            while (true)
            {
                try
                {
                    Volatile.Write(ref _now, _now ?? file.Open());
                    rows ??= _now!.Read().GetEnumerator();
                    if (!rows.MoveNext())
                    {
                        _moreFrom = _now.MoreFrom;
                        yield break;
                    }
                }
                catch (Exception exception) when (exception is InvalidDataException or NpyException or IOException)
                {
                    report(file.Path, "malformed", exception.Message);
                    yield break;
                }

                yield return rows.Current;
            }
        }
        finally
        {
            rows?.Dispose();
            _now?.Dispose();
            Volatile.Write(ref _now, null);
        }
    }
}
