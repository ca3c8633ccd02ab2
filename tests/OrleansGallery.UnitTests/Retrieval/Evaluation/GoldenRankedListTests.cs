using System.Text.Json;
using OrleansGallery.Retrieval;
using OrleansGallery.Testing;

namespace OrleansGallery.UnitTests.Retrieval.Evaluation;

/// <summary>The reference's figures of lists that were ranked by hand.</summary>
[Trait("Category", "Golden")]
public sealed class GoldenRankedListTests
{
    private const double Exact = 1e-9;

    [Fact]
    public void Run_EveryGoldenList_HasTheGoldenFigures()
    {
        int lists = 0;
        foreach (string file in Goldens.Find("ranked lists", "eval", "ranked_lists*.json"))
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(file));
            foreach (JsonElement list in document.RootElement.EnumerateArray())
            {
                Check(list);
                lists++;
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{lists} lists");
        Assert.True(lists > 0);
    }

    private static void Check(JsonElement list)
    {
        EvaluationCase evaluated = new EvaluationCase().Query(list.GetProperty("query_pid").GetInt64(), 0, 1);
        float place = 2;
        foreach (JsonElement label in list.GetProperty("gallery_pids_in_rank_order").EnumerateArray())
        {
            evaluated.Gallery(label.GetInt64(), 1, place++);
        }

        ModeResult result = evaluated.Run(new EvaluationOptions { Normalize = false }).Instance;
        Assert.Equal(list.GetProperty("mAP").GetDouble(), result.MeanAveragePrecision!.Value, Exact);
        foreach (JsonProperty top in list.GetProperty("topk").EnumerateObject())
        {
            int k = int.Parse(top.Name, System.Globalization.CultureInfo.InvariantCulture);
            Assert.Equal(top.Value.GetDouble(), result.HitRate(k)!.Value, Exact);
        }

        foreach ((int rank, JsonElement share) in list.GetProperty("cmc").EnumerateArray().Index())
        {
            Assert.Equal(share.GetDouble(), result.HitRate(rank + 1)!.Value, Exact);
        }
    }
}
