using OrleansGallery.Inference.Checkpoints;
using OrleansGallery.Inference.Networks;
using OrleansGallery.Inference.Preprocessing;

namespace OrleansGallery.Inference.Models;

/// <summary>
/// Seeded random weights for the compact network: He-normal convolutions, and normalisations whose statistics are
/// measured layer by layer on seeded pictures. With the usual mean 0 and variance 1 instead, a random network's
/// embeddings are nearly parallel, because nothing takes away what all images have in common.
/// </summary>
internal sealed class RandomWeights
{
    private const ulong Seed = 0x6F67_7261_6E64_6F6D;

    private readonly ResNetShape _shape = Architectures.Compact;
    private readonly List<SafetensorsTensor> _tensors = [];
    private PortableMap[] _maps;
    private SeededRandom _random = new(Seed);

    private RandomWeights(int images, int side) => _maps = Images(images, side);

    /// <summary>Makes the weights; the same bits on every machine.</summary>
    /// <param name="images">How many pictures the statistics are measured on.</param>
    /// <param name="side">Their side in pixels.</param>
    /// <returns>All tensors of an <see cref="EmbeddingNetwork"/> of the compact shape.</returns>
    public static IReadOnlyList<SafetensorsTensor> Create(int images, int side)
    {
        RandomWeights weights = new(images, side);
        weights.Stem();
        for (int stage = 0; stage < weights._shape.Depths.Count; stage++)
        {
            for (int block = 0; block < weights._shape.Depths[stage]; block++)
            {
                weights.BasicBlock(stage, block);
            }
        }

        weights.Head();
        return weights._tensors;
    }

    private void Stem()
    {
        Convolution("backbone.base.conv1", _shape.Widths[0], 7, 2, 3);
        Normalise("backbone.base.bn1", relu: true);
        ForEach(PortableLayers.MaxPool);
    }

    private void BasicBlock(int stage, int block)
    {
        int width = _shape.Widths[stage];
        int stride = block > 0 || stage == 0 ? 1 : stage == 3 ? _shape.LastStride : 2;
        string name = $"backbone.base.layer{stage + 1}.{block}";
        PortableMap[] input = _maps;
        Convolution($"{name}.conv1", width, 3, stride, 1);
        Normalise($"{name}.bn1", relu: true);
        Convolution($"{name}.conv2", width, 3, 1, 1);
        Normalise($"{name}.bn2", relu: false);
        PortableMap[] branch = _maps;

        _maps = input;
        if (stride > 1 || input[0].Channels != width)
        {
            ForEach(map => stride > 1 ? PortableLayers.AveragePool(map) : map);
            Convolution($"{name}.downsample.0", width, 1, 1, 0);
            Normalise($"{name}.downsample.1", relu: false);
        }

        for (int i = 0; i < _maps.Length; i++)
        {
            float[] sum = branch[i].Values;
            for (int j = 0; j < sum.Length; j++)
            {
                sum[j] = MathF.Max(0, sum[j] + _maps[i].Values[j]);
            }
        }

        _maps = branch;
    }

    private void Head()
    {
        Convolution("backbone.base.head", _shape.Dimension, 1, 1, 0);
        ForEach(Pooled);
        Normalise("bn", relu: false);
    }

    private void Convolution(string name, int output, int kernel, int stride, int padding)
    {
        int input = _maps[0].Channels;
        float[] weights = new float[output * input * kernel * kernel];
        double deviation = Math.Sqrt(2.0 / (input * kernel * kernel));
        for (int i = 0; i < weights.Length; i++)
        {
            weights[i] = (float)(_random.Normal() * deviation);
        }

        _tensors.Add(SafetensorsTensor.Of($"{name}.weight", [output, input, kernel, kernel], weights));
        ForEach(map => PortableLayers.Convolve(map, weights, output, kernel, stride, padding));
    }

    private void Normalise(string name, bool relu)
    {
        int channels = _maps[0].Channels;
        (float[] mean, float[] variance) = Statistics(channels);
        float[] ones = new float[channels];
        Array.Fill(ones, 1);
        _tensors.Add(SafetensorsTensor.Of($"{name}.weight", [channels], ones));
        _tensors.Add(SafetensorsTensor.Of($"{name}.bias", [channels], new float[channels]));
        _tensors.Add(SafetensorsTensor.Of($"{name}.running_mean", [channels], mean));
        _tensors.Add(SafetensorsTensor.Of($"{name}.running_var", [channels], variance));
        _tensors.Add(new SafetensorsTensor($"{name}.num_batches_tracked", SafetensorsType.I64, [], new byte[8]));
        float[] scale = [.. variance.Select(v => 1 / MathF.Sqrt(v + 1e-5f))];
        ForEach(map =>
        {
            for (int i = 0; i < map.Values.Length; i++)
            {
                float value = (map.Values[i] - mean[i % channels]) * scale[i % channels];
                map.Values[i] = relu ? MathF.Max(0, value) : value;
            }

            return map;
        });
    }

    // Sums per image in parallel, then over the images in order, so that the result does not depend on the machine.
    private (float[] Mean, float[] Variance) Statistics(int channels)
    {
        double[][] sums = new double[_maps.Length][];
        Parallel.For(0, _maps.Length, image =>
        {
            double[] sum = new double[2 * channels];
            ReadOnlySpan<float> values = _maps[image].Values;
            for (int i = 0; i < values.Length; i++)
            {
                sum[i % channels] += values[i];
                sum[channels + (i % channels)] += (double)values[i] * values[i];
            }

            sums[image] = sum;
        });
        double count = (double)_maps.Length * _maps[0].Side * _maps[0].Side;
        float[] mean = new float[channels];
        float[] variance = new float[channels];
        for (int channel = 0; channel < channels; channel++)
        {
            double average = sums.Sum(sum => sum[channel]) / count;
            double square = sums.Sum(sum => sum[channels + channel]) / count;
            mean[channel] = (float)average;
            variance[channel] = (float)Math.Max(square - (average * average), 1e-6);
        }

        return (mean, variance);
    }

    private void ForEach(Func<PortableMap, PortableMap> layer)
    {
        PortableMap[] next = new PortableMap[_maps.Length];
        Parallel.For(0, next.Length, i => next[i] = layer(_maps[i]));
        _maps = next;
    }

    private static PortableMap Pooled(PortableMap map)
    {
        PortableMap result = new(1, map.Channels);
        for (int i = 0; i < map.Values.Length; i++)
        {
            result.Values[i % map.Channels] += map.Values[i] / (map.Side * map.Side);
        }

        return result;
    }

    private static PortableMap[] Images(int count, int side) => [.. Enumerable.Range(0, count).Select(number =>
    {
        PortableMap map = new(side, 3);
        byte[] pixels = SyntheticImages.Draw(number, side);
        for (int i = 0; i < pixels.Length; i++)
        {
            map.Values[i] = Normalization.ImageNet.Levels256(i % 3)[pixels[i]];
        }

        return map;
    })];
}
