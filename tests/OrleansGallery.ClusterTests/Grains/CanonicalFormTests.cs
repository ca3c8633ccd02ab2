using System.Text;
using Npgsql;
using OrleansGallery.Abstractions;
using OrleansGallery.Testing;

namespace OrleansGallery.ClusterTests;

/// <summary>The composed form is PostgreSQL's.</summary>
public sealed class CanonicalFormTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    private const int Together = 20_000;

    [Fact]
    public async Task Of_EveryCharacterAndWhatItDecomposesTo_IsWhatPostgresSays()
    {
        string[] characters =
        [
            .. Enumerable.Range(1, 0x10FFFF).Where(Rune.IsValid).Select(point => new Rune(point).ToString()),
        ];

        await AssertAsync(characters);
        await AssertAsync(await NormalizeAsync(characters[..0x30000], "NFD"));
    }

    [Fact]
    public async Task Of_CharactersByChance_IsWhatPostgresSays()
    {
        Random random = new(1);
        (int First, int Last)[] blocks =
        [
            (0x41, 0x7A), (0xC0, 0x24F), (0x300, 0x36F), (0x370, 0x3FF), (0x591, 0x5C7), (0x900, 0xDFF),
            (0x1100, 0x11FF), (0x1DC0, 0x1EFF), (0x1F00, 0x1FFF), (0xAC00, 0xAC40), (0xFB1D, 0xFB4F),
            (0x11080, 0x110BF),
        ];

        await AssertAsync([.. Enumerable.Range(0, 100_000).Select(_ => string.Concat(
            Enumerable.Range(0, random.Next(1, 8)).Select(_ =>
            {
                (int first, int last) = blocks[random.Next(blocks.Length)];
                return new Rune(random.Next(first, last + 1)).ToString();
            })))]);
    }

    private async Task AssertAsync(string[] texts)
    {
        string[] expected = await NormalizeAsync(texts, "NFC");
        Assert.All(texts.Zip(expected), pair => Assert.Equal(pair.Second, CanonicalForm.Of(pair.First)));
    }

    private async Task<string[]> NormalizeAsync(string[] texts, string form)
    {
        await using NpgsqlDataSource source = NpgsqlDataSource.Create(database.ConnectionString);
        List<string> normalized = [];
        foreach (string[] some in texts.Chunk(Together))
        {
            await using NpgsqlCommand command = source.CreateCommand(
                $"SELECT array_agg(normalize(text, {form}) ORDER BY n) "
                + "FROM unnest($1) WITH ORDINALITY AS one (text, n)");
            command.Parameters.Add(new NpgsqlParameter { Value = some });
            normalized.AddRange((string[])(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!);
        }

        return [.. normalized];
    }
}
