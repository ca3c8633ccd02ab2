using System.Text;
using OrleansGallery.Offline;
using OrleansGallery.Testing;

namespace OrleansGallery.UnitTests.Offline;

/// <summary>Files that were changed at random: rows, faults of rows and our own errors, never anything else.</summary>
public sealed class ImportMutationTests : IDisposable
{
    private const int Mutations = 1_000;

    private static readonly Dictionary<ImportFormat, string> Seeds = new()
    {
        [ImportFormat.Qdrant] = """
            {"result":{"points":[{"id":1,"payload":{"identity":"a\u00e9","takenAt":"2026-11-28T09:30:00Z","f":[1]},
            "vector":{"x":[0.5,-1e3,2]}},{"id":2,"payload":{"identity":"ż"},"vector":{"x":[1,2,3]}}]},"time":0.1}
            """,
        [ImportFormat.Milvus] = """
            {"rows":[{"id":1,"identity":"a\ud83d\ude00","vector":[1,2,3],"facet":"c"},{"id":2}]}
            """,
        [ImportFormat.Ndjson] = """
            {"identity":"a","imageId":"1","vector":[1,2,3],"takenAt":"2026-11-28"}
            {"identity":"ż","vector":"AACAPwAAAEA="}
            """,
        [ImportFormat.Csv] = "identity,imageId,vector,takenAt\nanna,1,\"[1, 2.5e-1]\",2026-11-28\n\"b\"\"ż\",2,1;2,\n",
        [ImportFormat.Npy] = string.Empty,
    };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(ImportFormat.Qdrant)]
    [InlineData(ImportFormat.Milvus)]
    [InlineData(ImportFormat.Ndjson)]
    [InlineData(ImportFormat.Csv)]
    [InlineData(ImportFormat.Npy)]
    public void Read_MutatedFile_OnlyOurOwnErrors(ImportFormat format)
    {
        Random random = new(17 + (int)format);
        string path = _folder.File("mutated");
        byte[] seed = Encoding.UTF8.GetBytes(Seeds[format]);
        if (format == ImportFormat.Npy)
        {
            NpyFile.Write(path, new NpyArray<float>([2, 3], [1, 2, 3, 4, 5, 6]));
            seed = File.ReadAllBytes(path);
            File.WriteAllText(_folder.File("ids.txt"), "a\nb\n");
        }

        int good = 0;
        int refused = 0;
        for (int i = 0; i < Mutations; i++)
        {
            File.WriteAllBytes(path, Mutate(seed, random));
            try
            {
                ImportFile file = ImportFile.Of(
                    path,
                    i % 2 == 0 ? format : null,
                    new ImportFields { Identity = "identity", TakenAt = "takenAt" },
                    format == ImportFormat.Npy ? _folder.File("ids.txt") : null);
                using IImportRows rows = file.Open();
                foreach (ImportRow row in rows.Read())
                {
                    Assert.True(row.Fault is not null || (row.Identity.Length > 0 && row.Vector.Length > 0));
                    good += row.Fault is null ? 1 : 0;
                }
            }
            catch (Exception exception) when (exception is InvalidDataException or NpyException)
            {
                Assert.Contains(path, exception.Message, StringComparison.Ordinal);
                refused++;
            }
        }

        // Both happen, or nothing was tested.
        Assert.True(good > 0 && refused > 0, $"{good} rows, {refused} files refused");
    }

    private static byte[] Mutate(byte[] seed, Random random)
    {
        List<byte> bytes = [.. seed];
        for (int count = random.Next(1, 4); count > 0 && bytes.Count > 2; count--)
        {
            int at = random.Next(bytes.Count);
            switch (random.Next(5))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes.RemoveAt(at);
                    break;
                case 2:
                    bytes.Insert(at, "{}[]\",:0-eE\\\n\r\0"u8[random.Next(15)]);
                    break;
                case 3:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
                default:
                    bytes.InsertRange(at, bytes.GetRange(at, Math.Min(bytes.Count - at, random.Next(1, 40))));
                    break;
            }
        }

        return [.. bytes];
    }
}
