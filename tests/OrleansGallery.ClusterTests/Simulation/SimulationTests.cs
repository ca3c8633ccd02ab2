using System.Globalization;
using OrleansGallery.Storage;
using OrleansGallery.Testing;

namespace OrleansGallery.ClusterTests;

/// <summary>Random operations and faults on three silos, against dictionaries of plain lists.</summary>
public sealed class SimulationTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Run_OnSqlite_AnswersAsThePlainListsDo()
    {
        SimulationReport report = await GallerySimulation.RunAsync(new SimulationOptions
        {
            Operations = 20_000, Seed = 1, Open = () => new SqliteGalleryStore(_folder.File("gallery.db")),
        });

        Assert.Equal(string.Empty, string.Join('\n', report.Failures));
        Assert.Equal((20_000, report.ExpectedRootHash), (report.Operations, report.RootHash));
        Assert.NotEqual(new string('0', 64), report.RootHash);
        Assert.Equal(
            Enum.GetNames<StepKind>().Where(kind => !new Step(Enum.Parse<StepKind>(kind), 0).IsFault).Order(),
            report.Kinds.Keys.Select(Capital).Order());
        Assert.Equal(["failWrite", "killSilo", "loseAnswer", "movePartition"], report.Faults.Keys);
    }

    [Fact]
    public async Task Run_AnImageIsLeftOutOfAList_ShowsAShortestSequence()
    {
        SimulationReport report = await GallerySimulation.RunAsync(new SimulationOptions
        {
            Operations = 1_500, Seed = 2, Silos = 1, Galleries = 2,
            Open = () => new ForgetfulStore(new SqliteGalleryStore(_folder.File("gallery.db"))),
        });

        Assert.NotEqual(0, report.Mismatches);
        string failure = Assert.Single(
            report.Failures, failure => failure.Contains("The shortest sequence", StringComparison.Ordinal));
        string[] lines = failure.Split("steps:\n")[1].Split('\n');
        // What is shown first, and what went wrong at last; not all of the hundred steps before it.
        Assert.InRange(lines.Length, 2, 10);
        Assert.Contains(lines, line => line.Contains("i7", StringComparison.Ordinal));
        Assert.StartsWith("  list the images of ", lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Draw_TheSameSeed_GivesTheSameSteps()
    {
        Step[] steps = [.. Step.Draw(5, 1_000)];

        Assert.Equal(steps, Step.Draw(5, 1_000));
        Assert.NotEqual(steps, Step.Draw(6, 1_000));
        Assert.Equal(1_000, steps.Count(step => !step.IsFault));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public async Task FindAsync_ASequenceThatNeedsSome_FindsThem(int needed)
    {
        int[] all = [.. Enumerable.Range(0, 97)];
        int[] culprits = [.. all.Where(number => number % 19 == 3).Take(needed)];

        IReadOnlyList<int> shortest = await ShortestSequence.FindAsync(
            all, rest => Task.FromResult(culprits.All(rest.Contains)), tries: 1_000);

        Assert.Equal(culprits, shortest);
    }

    [Fact]
    public async Task FindAsync_TooFewTries_StillFails()
    {
        int[] all = [.. Enumerable.Range(0, 97)];
        int asked = 0;

        IReadOnlyList<int> shorter = await ShortestSequence.FindAsync(
            all,
            rest =>
            {
                asked++;
                return Task.FromResult(rest.Contains(50) && rest.Contains(60));
            },
            tries: 4);

        Assert.Equal(4, asked);
        Assert.Superset(new HashSet<int> { 50, 60 }, shorter.ToHashSet());
    }

    public void Dispose() => _folder.Dispose();

    private static string Capital(string name) => char.ToUpper(name[0], CultureInfo.InvariantCulture) + name[1..];

    private sealed class ForgetfulStore(IGalleryStore inner) : ForwardingStore(inner)
    {
        public override async Task<IReadOnlyList<StoredImage>> ReadImagesAsync(
            PartitionKey key, string identityId, string? after, int limit, bool withEmbeddings,
            CancellationToken cancellationToken) =>
        [
            .. (await base.ReadImagesAsync(key, identityId, after, limit, withEmbeddings, cancellationToken))
                .Where(image => withEmbeddings || image.ImageId != "i7"),
        ];
    }
}
