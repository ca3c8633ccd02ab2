using System.CommandLine;
using System.Globalization;
using OrleansGallery.Client;
using OrleansGallery.Contracts;

namespace OrleansGallery.Cli;

/// <summary><c>gallery show</c>: a gallery, an identity, or an image.</summary>
internal sealed class ShowCommand : ClientCommand
{
    private readonly Argument<string> _gallery = CommonOptions.Gallery();

    private readonly Argument<string?> _identity = new("IDENTITY")
    {
        Description = "One of its identities; none: the gallery itself.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Argument<string?> _image = new("IMAGE")
    {
        Description = "One of the identity's images, by id; with --json its embedding too.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    public ShowCommand()
        : base("show", "Show a gallery, one of its identities, or one image.")
    {
        Add(_gallery);
        Add(_identity);
        Add(_image);
    }

    protected override async Task<int> RunAsync(
        GalleryClient client, ParseResult arguments, CommandOutput output, CancellationToken cancellationToken)
    {
        string gallery = arguments.GetRequiredValue(_gallery);
        object shown = (arguments.GetValue(_identity), arguments.GetValue(_image)) switch
        {
            (null, _) => await client.GetGalleryAsync(gallery, cancellationToken),
            ({ } identity, null) => await client.GetIdentityAsync(gallery, identity, cancellationToken),
            ({ } identity, { } image) => await client.GetImageAsync(gallery, identity, image, cancellationToken),
        };
        if (output.IsJson)
        {
            output.WriteJson(shown);
        }
        else
        {
            output.WriteFields(FieldsOf(shown));
        }

        return CommandLine.Done;
    }

    private static string NameOf(string facet) => facet.Length == 0 ? "-" : facet;

    private static IEnumerable<(string Name, string? Value)> FieldsOf(object shown) => shown switch
    {
        GalleryResponse gallery =>
        [
            ("gallery", gallery.Name),
            ("dimension", Figures.Count(gallery.Dimension)),
            ("model", gallery.Model),
            ("partitions", Figures.Count(gallery.Partitions)),
            ("identities", Figures.Count(gallery.Identities)),
            ("images", Figures.Count(gallery.Images)),
            ("search bytes", Figures.Count(gallery.SearchBytes)),
            ("keeps", KeptText.Of(gallery.Keep)),
            ("picture bytes", Figures.Count(gallery.PictureBytes)),
            ("threshold", gallery.Threshold?.ToString(CultureInfo.InvariantCulture)),
            ("calibration", gallery.Calibration is { } calibration
                ? $"for an FPIR of {Figures.Share(calibration.Fpir)}, with {Figures.Count(calibration.Images)} images, "
                    + Figures.Time(calibration.MeasuredAt)
                    + (calibration.Stale ? "; STALE: the gallery has doubled, calibrate again" : string.Empty)
                : null),
            ("margin", gallery.Margin.ToString(CultureInfo.InvariantCulture)),
            ("normalize first", gallery.NormalizeFirst ? "yes" : "no"),
            ("transparency", gallery.Transparency),
            ("created", Figures.Time(gallery.CreatedAt)),
            ("root hash", gallery.RootHash),
        ],
        IdentityResponse identity =>
        [
            ("identity", identity.Identity),
            ("images", Figures.Count(identity.Count)),
            ("facets", string.Join(", ", identity.Facets.Select(f => $"{NameOf(f.Key)}: {f.Value}"))),
            ("dispersion", identity.Dispersion is { } dispersion ? Figures.Score(dispersion) : null),
            ("attributes", AttributesText.Of(identity.Attributes)),
            ("searchable", identity.Searchable ? "yes" : "no"),
            ("version", identity.Version.ToString(CultureInfo.InvariantCulture)),
            ("hash", identity.Hash),
        ],
        ImageResponse image =>
        [
            ("image", image.ImageId),
            ("facet", image.Facet.Length == 0 ? null : image.Facet),
            ("content hash", image.ContentHash),
            ("taken at", image.TakenAt is { } time ? Figures.Time(time) : null),
            ("kept", KeptText.Of(image.Kept)),
            ("dimension", image.Vector is { } vector ? Figures.Count(vector.Length) : null),
        ],
        _ => throw new InvalidOperationException($"Nothing shows a {shown.GetType().Name}."),
    };
}
