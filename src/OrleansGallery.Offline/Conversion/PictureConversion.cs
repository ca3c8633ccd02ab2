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
    private readonly string?[] _failures;
    private readonly Lock _lock = new();
    private int _done;
    private int _madeBefore;

    private PictureConversion(ConversionPlan plan, ConversionOptions options)
    {
        (_plan, _options) = (plan, options);
        _failures = new string?[plan.Images.Count];
    }

    /// <summary>Converts.</summary>
    /// <exception cref="InvalidDataException">The folder holds something else, or too many images cannot be
    /// read.</exception>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public static ConversionResult Run(
        ConversionPlan plan, ConversionOptions options, CancellationToken cancellationToken)
    {
        ConversionFolder folder = ConversionFolder.Open(options.Folder, plan.Check().What, plan.Hash());
        PictureConversion conversion = new(plan, options);
        conversion.MakeAll(cancellationToken);
        string[] unreadable = [.. conversion._failures.OfType<string>()];
        folder.Judge(unreadable, plan.Images.Count, options.MaxUnreadable);
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
            Parts = [.. ConvertedParts.All.Select(part => CountOf(made, part))],
            Counts = plan.Counts,
            Unreadable = unreadable,
            MadeBefore = conversion._madeBefore,
            Notes = plan.Notes,
        };
    }

    private static ConvertedCount CountOf(PlannedImage[] images, ConvertedPart part)
    {
        PlannedImage[] own = [.. images.Where(image => image.Part == part)];
        return new ConvertedCount(part, own.Length, own.Select(image => image.Pair).Distinct().Count());
    }

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
        string target = Path.Combine(_options.Folder, image.Part.Word(), image.Name);
        bool before = WholeFile.Exists(target);
        if (!before && Picture(image, place) is { } picture)
        {
            WholeFile.Write(target, JpegFile.Encode(picture, Quality));
        }

        lock (_lock)
        {
            _madeBefore += before ? 1 : 0;
            _options.OnProgress(++_done, _plan.Images.Count);
        }
    }

    private PixelImage? Picture(PlannedImage image, int place)
    {
        try
        {
            PixelImage picture = _decoder.Decode(ImageFile.Read(
                image.Source ?? throw new InvalidDataException(image.WhyNone)));
            return Letterbox.Fit(
                image.Box is { } box ? Place(box, image, picture).CutFrom(picture) : picture,
                _plan.Width,
                _plan.Height);
        }
        catch (Exception exception) when (ImageReader.IsUnreadable(exception))
        {
            _failures[place] = $"{image.Label}: {exception.Message}";
            return null;
        }
    }

    private PixelBox Place(PixelBox box, PlannedImage image, PixelImage picture)
    {
        if (image.BoxOf is null)
        {
            return box;
        }

        ImageHeader small = _decoder.Inspect(ImageFile.Read(image.BoxOf));
        return box.Scaled((small.Width, small.Height), (picture.Width, picture.Height));
    }
}
