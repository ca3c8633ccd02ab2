using System.Globalization;
using System.Text.Json;
using OrleansGallery.Testing;
using OrleansGallery.Training;

namespace OrleansGallery.TorchTests.Optimization;

public sealed class LearningRateScheduleTests
{
    [Fact]
    [Trait("Category", "Golden")]
    public void At_EveryGoldenEpoch_IsTheReferencesRate()
    {
        foreach (string path in Goldens.Find("learning-rate schedules", "misc", "lr_schedule*.json"))
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
            foreach (JsonProperty rates in document.RootElement.GetProperty("lr").EnumerateObject())
            {
                double rate = double.Parse(rates.Name, CultureInfo.InvariantCulture);
                LearningRateSchedule schedule = new(new ScheduleOptions(), rate, rates.Value.GetArrayLength());
                int epoch = 0;
                foreach (JsonElement expected in rates.Value.EnumerateArray())
                {
                    Assert.Equal(expected.GetDouble(), schedule.At(epoch++), 1e-12);
                }
            }
        }
    }

    [Fact]
    public void At_Cosine_IsConstantThenFallsToNothing()
    {
        ScheduleOptions options = new() { Kind = ScheduleKind.Cosine, WarmUpEpochs = 0, CosineFrom = 4 };
        LearningRateSchedule schedule = new(options, 2, 8);
        Assert.Equal(2, schedule.At(0));
        Assert.Equal(2, schedule.At(4), 1e-12);
        Assert.Equal(1, schedule.At(6), 1e-12);
        Assert.Equal(1 + Math.Sqrt(0.5), schedule.At(5), 1e-12);
        Assert.InRange(schedule.At(7, 99, 100), 0, 0.001);
    }

    [Fact]
    public void At_WarmUpSteps_RisesStepByStep()
    {
        ScheduleOptions options = new() { WarmUpEpochs = 0, WarmUpSteps = 10, Milestones = [] };
        LearningRateSchedule schedule = new(options, 1, 3);
        Assert.Equal(0.1, schedule.At(0, 0, 6, 0), 1e-12);
        Assert.Equal(0.9, schedule.At(1, 2, 6, 8), 1e-12);
        Assert.Equal(1, schedule.At(1, 4, 6, 10), 1e-12);
    }
}
