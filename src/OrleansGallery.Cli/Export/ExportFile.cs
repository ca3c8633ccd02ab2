using System.Text.Json;
using OrleansGallery.Contracts;
using OrleansGallery.Inference.Checkpoints;
using OrleansGallery.Offline;

namespace OrleansGallery.Cli;

/// <summary>Writes rows into a file, which is there once all of them are.</summary>
internal static class ExportFile
{
    /// <summary>The files that a format writes.</summary>
    public static string[] NamesOf(string path, ExportFormat format) =>
        format == ExportFormat.Npy ? [path, path + ImportFile.IdsEnding] : [path];

    /// <summary>Writes all rows.</summary>
    public static Task WriteAsync(
        string path,
        ExportFormat format,
        int dimension,
        IAsyncEnumerable<ExportRow> rows) => format == ExportFormat.Ndjson
        ? DurableFile.WriteAsync(path, lines => WriteLinesAsync(lines, rows, row => row), Accept)
        : DurableFile.WriteAsync(
            path + ImportFile.IdsEnding,
            lines => DurableFile.WriteAsync(
                path,
                async array =>
                {
                    NpyVectorWriter vectors = new(array, dimension);
                    await WriteLinesAsync(lines, rows, row =>
                    {
                        vectors.Add(row.Vector);
                        return row with { Vector = null };
                    });
                    vectors.Complete();
                    await lines.FlushAsync();
                },
                // An array beside another one's identities would give vectors to the wrong ones; one without any is
                // refused.
                _ => File.Delete(path + ImportFile.IdsEnding)),
            Accept);

    private static async Task WriteLinesAsync(
        Stream stream, IAsyncEnumerable<ExportRow> rows, Func<ExportRow, ExportRow> lineOf)
    {
        await foreach (ExportRow row in rows)
        {
            await stream.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(lineOf(row), GalleryJson.Options));
            stream.WriteByte((byte)'\n');
        }
    }

    private static void Accept(string temporary)
    {
    }
}
