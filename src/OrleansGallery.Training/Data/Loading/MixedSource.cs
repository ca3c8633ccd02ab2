using OrleansGallery.Drawing;

namespace OrleansGallery.Training;

/// <summary>Two sources in one: a set share of the identities drawn comes from the second.</summary>
internal sealed class MixedSource : IViewSource
{
    private readonly IViewSource _first;
    private readonly IViewSource _second;

    /// <summary>Puts the second source's identities behind the first's.</summary>
    /// <param name="first">One source.</param>
    /// <param name="second">The other.</param>
    /// <param name="secondShare">The second's share of the identities drawn, above 0 and below 1.</param>
    public MixedSource(IViewSource first, IViewSource second, double secondShare)
    {
        (_first, _second) = (first, second);
        double scale = secondShare / (1 - secondShare)
            * first.Identities.Sum(identity => identity.Weight) / second.Identities.Sum(identity => identity.Weight);
        Identities =
        [
            .. first.Identities,
            .. second.Identities.Select(identity => identity with { Weight = identity.Weight * scale }),
        ];
    }

    public IReadOnlyList<IdentitySize> Identities { get; }

    public int ImageCount => _first.ImageCount + _second.ImageCount;

    public IReadOnlyList<string> LeftOut => [.. _first.LeftOut, .. _second.LeftOut];

    public string NameOf(SampledRow row) =>
        row.Identity < _first.Identities.Count ? _first.NameOf(row) : _second.NameOf(InSecond(row));

    public void Load(SampledRow row, IRandomNumbers random, Span<byte> destination)
    {
        if (row.Identity < _first.Identities.Count)
        {
            _first.Load(row, random, destination);
        }
        else
        {
            _second.Load(InSecond(row), random, destination);
        }
    }

    private SampledRow InSecond(SampledRow row) => row with { Identity = row.Identity - _first.Identities.Count };
}
