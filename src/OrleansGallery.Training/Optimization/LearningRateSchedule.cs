namespace OrleansGallery.Training;

/// <summary>The learning rate of every step: a pure function, so there is nothing to save.</summary>
internal sealed class LearningRateSchedule(ScheduleOptions options, double rate, int epochs)
{
    /// <summary>The schedule of a run.</summary>
    public static LearningRateSchedule Of(TrainingOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new(options.Schedule, options.Optimization.LearningRate, options.Epochs);
    }

    /// <summary>The rate in force.</summary>
    /// <param name="epoch">The epoch, from 0.</param>
    /// <param name="step">The step in it, from 0.</param>
    /// <param name="stepsPerEpoch">Steps in it.</param>
    /// <param name="totalSteps">Steps taken before this one, over all epochs.</param>
    /// <returns>The rate.</returns>
    public double At(int epoch, int step = 0, int stepsPerEpoch = 1, long totalSteps = long.MaxValue)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(epoch);
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        ArgumentOutOfRangeException.ThrowIfLessThan(stepsPerEpoch, 1);
        double place = epoch + ((double)step / stepsPerEpoch);
        double height = options.Kind == ScheduleKind.MultiStep
            ? Math.Pow(options.Gamma, options.Milestones.Count(milestone => epoch >= milestone))
            : Cosine(place);
        return rate * height * WarmUp(epoch, totalSteps);
    }

    /// <summary>Whether another schedule gives all steps before a position the same rates.</summary>
    public bool EqualsUntil(LearningRateSchedule other, RunPosition position)
    {
        ArgumentNullException.ThrowIfNull(other);
        ArgumentNullException.ThrowIfNull(position);
        int perEpoch = position.Epoch == 0
            ? Math.Max(1, position.Batch)
            : (int)((position.Steps - position.Batch) / position.Epoch);
        for (int step = 0; step < position.Steps; step++)
        {
            (int epoch, int inEpoch) = (step / perEpoch, step % perEpoch);
            if (At(epoch, inEpoch, perEpoch, step) != other.At(epoch, inEpoch, perEpoch, step))
            {
                return false;
            }
        }

        return true;
    }

    private double WarmUp(int epoch, long totalSteps)
    {
        if (epoch < options.WarmUpEpochs)
        {
            return (epoch + 1.0) / options.WarmUpEpochs;
        }

        return totalSteps < options.WarmUpSteps ? (totalSteps + 1.0) / options.WarmUpSteps : 1;
    }

    private double Cosine(double place)
    {
        double done = Math.Clamp((place - options.CosineFrom) / Math.Max(1, epochs - options.CosineFrom), 0, 1);
        return options.Floor + ((1 - options.Floor) * 0.5 * (1 + Math.Cos(Math.PI * done)));
    }
}
