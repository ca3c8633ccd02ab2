using OrleansGallery.Training;

namespace OrleansGallery.TorchTests.Losses;

/// <summary>Adam with L2 decay, from the paper's formulas, on the first numbers of an array.</summary>
internal sealed class PlainAdam(OptimizationOptions options, int length)
{
    private readonly double[] _mean = new double[length];
    private readonly double[] _square = new double[length];
    private int _steps;

    public void Step(double[] p, double[] gradient, double rate)
    {
        _steps++;
        for (int i = 0; i < length; i++)
        {
            double g = gradient[i] + (options.WeightDecay * p[i]);
            _mean[i] = (options.Beta1 * _mean[i]) + ((1 - options.Beta1) * g);
            _square[i] = (options.Beta2 * _square[i]) + ((1 - options.Beta2) * g * g);
            double mean = _mean[i] / (1 - Math.Pow(options.Beta1, _steps));
            double square = _square[i] / (1 - Math.Pow(options.Beta2, _steps));
            p[i] -= rate * mean / (Math.Sqrt(square) + 1e-8);
        }
    }
}
