using OrleansGallery.Abstractions;
using OrleansGallery.Contracts;

namespace OrleansGallery.Server;

/// <summary>A search that comes as a form: its files are examples.</summary>
internal static class SearchForm
{
    private const string Positive = "file";
    private const string Negative = "negativeFile";

    /// <exception cref="InvalidRequestException">There is no file, or a field is wrong.</exception>
    public static SearchRequest Read(FormBody form)
    {
        form.RequireFilesIn(Positive, Negative);
        QueryExample[] positives = ExamplesOf(form, Positive);
        QueryExample[] negatives = ExamplesOf(form, Negative);
        return positives.Length == 0
            ? throw new InvalidRequestException(
                $"The multipart body has no file in the field '{Positive}'; one at least is needed.")
            : new SearchRequest
            {
                Positives = positives,
                Negatives = negatives.Length == 0 ? null : negatives,
                NegativeWeight = form.Number("negativeWeight"),
                Top = form.Integer("top"),
                Threshold = form.Number("threshold"),
                ExcludeFacet = form.Text("excludeFacet"),
                Filter = FilterReader.Read(form.Text("filter")),
                IncludeVector = form.Flag("includeVector") ?? false,
                RequireComplete = form.Flag("requireComplete") ?? false,
            };
    }

    private static QueryExample[] ExamplesOf(FormBody form, string field) =>
        [.. form.Files(field).Select(file => new QueryExample { Image = file })];
}
