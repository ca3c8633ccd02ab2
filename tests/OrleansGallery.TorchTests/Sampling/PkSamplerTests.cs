using System.Globalization;
using System.Text.Json;
using OrleansGallery.Testing;
using OrleansGallery.Training;

namespace OrleansGallery.TorchTests.Sampling;

public sealed class PkSamplerTests
{
    [Fact]
    [Trait("Category", "Golden")]
    public void Plan_EveryGoldenExample_DrawsAsTheReferenceDoes()
    {
        foreach (string path in Goldens.Find("sampler examples", "misc", "sampler_example*.json"))
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
            JsonElement root = document.RootElement;
            IdentitySize[] sizes = [.. root.GetProperty("images_per_id").EnumerateObject()
                .OrderBy(item => int.Parse(item.Name, CultureInfo.InvariantCulture))
                .Select(item => new IdentitySize(item.Value.GetInt32()))];
            SamplerOptions options = new()
            {
                Identities = root.GetProperty("batch_size").GetInt32(),
                Images = root.GetProperty("num_instances").GetInt32(),
            };
            PkSampler sampler = new(sizes, options, 1);
            int[] most = [.. root.GetProperty("max_occurrences").EnumerateObject()
                .OrderBy(item => int.Parse(item.Name, CultureInfo.InvariantCulture))
                .Select(item => item.Value.GetInt32())];
            Assert.Equal(most, sizes.Select(size => sampler.Draws(size.Images)));
            for (int epoch = 0; epoch < 10; epoch++)
            {
                Check(sampler.Plan(epoch), sizes, most, options);
            }
        }
    }

    [Fact]
    public void Plan_SameSeedAndEpoch_IsTheSame()
    {
        IdentitySize[] sizes = [.. Enumerable.Range(2, 20).Select(n => new IdentitySize(n))];
        SamplerOptions options = new() { Identities = 4 };
        Assert.Equal(Flat(new PkSampler(sizes, options, 5).Plan(3)), Flat(new PkSampler(sizes, options, 5).Plan(3)));
        Assert.NotEqual(Flat(new PkSampler(sizes, options, 5).Plan(3)), Flat(new PkSampler(sizes, options, 5).Plan(4)));
        Assert.NotEqual(Flat(new PkSampler(sizes, options, 5).Plan(3)), Flat(new PkSampler(sizes, options, 6).Plan(3)));
    }

    [Theory]
    [InlineData(FillKind.Mock)]
    [InlineData(FillKind.Resample)]
    public void Plan_TooFewImages_FillsTheGap(FillKind fill)
    {
        PkSampler sampler = new(
            [new IdentitySize(2), new IdentitySize(6)], new SamplerOptions { Identities = 2, Fill = fill }, 1);
        SampledRow[] small = [.. Assert.Single(sampler.Plan(0)).Where(row => row.Identity == 0)];
        Assert.Equal(4, small.Length);
        Assert.Equal(fill == FillKind.Mock ? 2 : 0, small.Count(row => row.Image == SampledRow.Mock));
        Assert.Equal([0, 1], small.Take(2).Select(row => row.Image).Order());
    }

    [Fact]
    public void Plan_SingleImage_IsNeverDrawn()
    {
        PkSampler sampler = new(
            [new IdentitySize(1), new IdentitySize(5), new IdentitySize(4)], new SamplerOptions { Identities = 2 }, 1);
        Assert.DoesNotContain(sampler.Plan(0).SelectMany(batch => batch), row => row.Identity == 0);
        InvalidDataException refused = Assert.Throws<InvalidDataException>(() => new PkSampler(
            [new IdentitySize(1), new IdentitySize(5)], new SamplerOptions { Identities = 2 }, 1));
        Assert.Contains("1 of 2 identities", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Plan_StepsPerEpoch_GoesThroughTheDataAgain()
    {
        IdentitySize[] sizes = [.. Enumerable.Repeat(new IdentitySize(4), 6)];
        PkSampler sampler = new(sizes, new SamplerOptions { Identities = 3, StepsPerEpoch = 5 }, 1);
        IReadOnlyList<SampledRow[]> plan = sampler.Plan(0);
        Assert.Equal(5, plan.Count);
        Assert.Equal(6, plan.Take(2).SelectMany(batch => batch).Select(row => row.Identity).Distinct().Count());
        Assert.NotEqual(Flat(plan.Take(2)), Flat(plan.Skip(2).Take(2)));
    }

    [Fact]
    public void Plan_Weights_SayHowOftenAnIdentityIsPicked()
    {
        IdentitySize[] sizes = [.. Enumerable.Range(0, 40).Select(i => new IdentitySize(4, i < 20 ? 1 : 3))];
        PkSampler sampler = new(sizes, new SamplerOptions { Identities = 2, StepsPerEpoch = 4000 }, 1);
        IReadOnlyList<SampledRow[]> plan = sampler.Plan(0);
        Assert.All(plan, batch => Assert.Equal(2, batch.Select(row => row.Identity).Distinct().Count()));
        int[] picked = [.. plan.SelectMany(batch => batch).Where((_, i) => i % 4 == 0).Select(row => row.Identity)];
        Assert.InRange(picked.Count(i => i >= 20) / (double)picked.Length, 0.72, 0.77);
    }

    [Fact]
    public void Plan_Families_ComeTogetherAndKeepTheirShare()
    {
        IdentitySize[] sizes = [.. Enumerable.Range(0, 40).Select(i =>
            new IdentitySize(4, i == 39 ? 1.01 : 1, i < 20 ? $"family {i / 4}" : null))];
        PkSampler sampler = new(sizes, new SamplerOptions { Identities = 8, StepsPerEpoch = 2000 }, 1);
        int[][] batches = [.. sampler.Plan(0).Select(batch => batch.Select(row => row.Identity).Distinct().ToArray())];
        Assert.All(batches, batch => Assert.Equal(8, batch.Length));

        // Only the last family of a batch can be cut off.
        Assert.All(batches, batch => Assert.InRange(
            batch.Where(i => i < 20).CountBy(i => i / 4).Count(family => family.Value < 4), 0, 1));
        double share = batches.Average(batch => batch.Count(i => i < 20) / 8.0);
        Assert.InRange(share, 0.4, 0.52);
    }

    private static void Check(
        IReadOnlyList<SampledRow[]> plan, IdentitySize[] sizes, int[] most, SamplerOptions options)
    {
        int[] drawn = new int[sizes.Length];
        HashSet<SampledRow> seen = [];
        foreach (SampledRow[] batch in plan)
        {
            int[] identities = [.. batch.Chunk(options.Images).Select(group => Assert.Single(group.Select(r =>
                r.Identity).Distinct()))];
            Assert.Equal(options.Identities, identities.Distinct().Count());
            Array.ForEach(identities, identity => drawn[identity]++);
            // Without replacement over the whole epoch.
            Assert.All(batch.Where(row => row.Image != SampledRow.Mock), row => Assert.True(seen.Add(row)));
        }

        Assert.All(drawn.Zip(most), pair => Assert.InRange(pair.First, 0, pair.Second));
        // It stops when fewer than P identities have draws left.
        Assert.InRange(drawn.Zip(most).Count(pair => pair.First < pair.Second), 0, options.Identities - 1);
    }

    private static SampledRow[] Flat(IEnumerable<SampledRow[]> plan) => [.. plan.SelectMany(batch => batch)];
}
