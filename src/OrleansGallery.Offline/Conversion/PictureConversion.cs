using OrleansGallery.Imaging;

namespace OrleansGallery.Offline;

/// <summary>
/// Carries out a plan: cuts and shrinks every picture into a file of its own, several at a time, leaving out those that
/// are there already, then writes the three lists.
/// </summary>
internal sealed class PictureConversion
{
    private const int Quality = 95;

    private readonly ConversionPlan _plan;
    private readonly ConversionOptions _options;
    private readonly IImageDecoder _decoder = ImageDecoders.Create(ImageReader.Limits);
    private readonly string[] _targets;
    private readonly string?[] _failures;
    private readonly Lock _lock = new();
    private int _done;
    private int _madeBefore;
    private int _turned;

    private PictureConversion(ConversionPlan plan, ConversionOptions options)
    {
        (_plan, _options) = (plan, options);
        _targets = [.. plan.Images.Select(TargetOf)];
        _failures = new string?[plan.Images.Count];
    }

    /// <summary>Converts.</summary>
    /// <exception cref="InvalidDataException">The folder holds something else, or too many images cannot be
    /// read.</exception>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public static ConversionResult Run(
        ConversionPlan plan, ConversionOptions options, CancellationToken cancellationToken)
    {
        PictureConversion conversion = new(plan.Check(), options);
        ConversionFolder folder = ConversionFolder.Open(options.Folder, plan.What, plan.Hash());
        conversion.MakeAll(cancellationToken);
        folder.Judge(
            [.. plan.Images.Select((image, place) => (image.Part, Of(image), conversion._failures[place]))],
            options.MaxUnreadable);
        PlannedImage[] made = [.. plan.Images.Where((_, place) => conversion._failures[place] is null)];
        string? train = null;
        foreach (ConvertedPart part in ConvertedParts.All)
        {
            string file = Path.Combine(
                options.Folder,
                FormattableString.Invariant($"{part.Word()}_reid_cropped_{plan.Width}_{plan.Height}.json"));
            WholeFile.Write(file, PairsJson.Of(made.Where(image => image.Part == part)));
            train ??= file;
        }

        return new ConversionResult
        {
            What = plan.What,
            File = train!,
            Parts =
            [
                .. ConvertedParts.All.Select(part => ConvertedCount.Of(
                    part, made.Where(image => image.Part == part).Select(image => image.Pair))),
            ],
            Counts = plan.Counts,
            Unreadable = [.. conversion._failures.OfType<string>()],
            MadeBefore = conversion._madeBefore,
            Notes =
            [
                .. plan.Notes,
                .. conversion._turned == 0 ? Array.Empty<string>() :
                [
                    FormattableString.Invariant($"{conversion._turned} images are stored turned or mirrored (EXIF); ")
                        + "boxes are taken in their pixels as stored, and what is cut is turned upright.",
                ],
            ],
        };
    }

    // Train has both kinds; without one of them there is nothing to learn between them.
    private static string Of(PlannedImage image) => image.Part == ConvertedPart.Train
        ? $"{image.Part.Word()} {(image.IsShop ? "shop" : "customer")}"
        : image.Part.Word();

    private void MakeAll(CancellationToken cancellationToken)
    {
        try
        {
            Parallel.For(
                0,
                _plan.Images.Count,
                new ParallelOptions
                {
                    MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken,
                },
                Make);
        }
        catch (AggregateException exception) when (exception.InnerExceptions.OfType<IOException>().Any())
        {
            // One full disk fails every thread; one sentence is enough.
            throw exception.InnerExceptions.OfType<IOException>().First();
        }
    }

    private void Make(int place)
    {
        PlannedImage image = _plan.Images[place];
        string target = _targets[place];
        string stamp = PictureStamp.Of(image, _plan.Width, _plan.Height);
        (string Stamp, bool Turned)? found = PictureStamp.Read(target);
        bool before = found?.Stamp == stamp;
        bool turned = before && found!.Value.Turned;
        if (!before && Picture(image, place, out turned) is { } picture)
        {
            WholeFile.Write(target, PictureStamp.Put(JpegFile.Encode(picture, Quality), stamp, turned));
        }

        lock (_lock)
        {
            _madeBefore += before ? 1 : 0;
            _turned += turned ? 1 : 0;
            _options.OnProgress(++_done, _plan.Images.Count);
        }
    }

    // Names come from lists that others wrote.
    private string TargetOf(PlannedImage image)
    {
        string part = Path.GetFullPath(Path.Combine(_options.Folder, image.Part.Word()));
        string target = Path.GetFullPath(Path.Combine(part, image.Name));
        return target.StartsWith(part + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            ? target
            : throw new InvalidDataException($"'{image.Label}' would be written as '{target}', outside of '{part}'.");
    }

    private PixelImage? Picture(PlannedImage image, int place, out bool turned)
    {
        turned = false;
        try
        {
            byte[] file = ImageFile.Read(image.Source ?? throw new InvalidDataException(image.WhyNone));
            PixelImage picture = _decoder.Decode(file);
            ImageHeader header = _decoder.Inspect(file);
            ImageHeader boxed = image.BoxOf is null ? header : _decoder.Inspect(ImageFile.Read(image.BoxOf));
            if (image.Box is { } box)
            {
                picture = box.Upright(boxed)
                    .Scaled((boxed.UprightWidth, boxed.UprightHeight), (picture.Width, picture.Height))
                    .CutFrom(picture);
            }

            PixelImage fitted = Letterbox.Fit(picture, _plan.Width, _plan.Height);
            turned = header.Orientation != Orientation.TopLeft || boxed.Orientation != Orientation.TopLeft;
            return fitted;
        }
        catch (Exception exception) when (ImageReader.IsUnreadable(exception))
        {
            _failures[place] = $"{image.Label}: {exception.Message}";
            return null;
        }
    }
}
