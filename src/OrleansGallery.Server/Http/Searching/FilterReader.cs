using System.Text.Json;
using OrleansGallery.Abstractions;
using OrleansGallery.Contracts;

namespace OrleansGallery.Server;

/// <summary>Checks a search's filter.</summary>
internal static class FilterReader
{
    /// <summary>What the search asks of attributes.</summary>
    /// <param name="filter">The filter; null: nothing is asked.</param>
    /// <exception cref="InvalidRequestException">It has too many keys or texts, a key without one, or one that is
    /// none.</exception>
    public static IReadOnlyList<AttributeMatch> Of(SearchFilter? filter)
    {
        AttributeMatch[] matches =
        [
            .. (filter?.Attributes ?? Nothing).Select(one => ToMatch(one.Key, one.Value, isNot: false)),
            .. (filter?.Not ?? Nothing).Select(one => ToMatch(one.Key, one.Value, isNot: true)),
        ];
        return matches.Length <= SearchFilter.MaxEntries
            ? matches
            : throw new InvalidRequestException(
                $"The filter has {matches.Length} keys; at most {SearchFilter.MaxEntries} are possible.");
    }

    /// <summary>A filter in a field of a form.</summary>
    /// <param name="text">Its JSON; null: there is none.</param>
    /// <exception cref="InvalidRequestException">It is no filter.</exception>
    public static SearchFilter? Read(string? text)
    {
        try
        {
            return string.IsNullOrEmpty(text)
                ? null
                : JsonSerializer.Deserialize<SearchFilter>(text, GalleryJson.Options);
        }
        catch (JsonException exception)
        {
            throw new InvalidRequestException(
                $"The field 'filter' is no filter such as {{\"attributes\":{{\"colour\":\"red\"}}}}: "
                + exception.Message);
        }
    }

    private static Dictionary<string, IReadOnlyList<string>> Nothing { get; } = [];

    private static AttributeMatch ToMatch(string key, IReadOnlyList<string> values, bool isNot) =>
        values.Count is >= 1 and <= SearchFilter.MaxEntries
            ? new AttributeMatch
            {
                Key = AttributeRules.RequireKey(key),
                Values = [.. values.Select(value => AttributeRules.RequireValue(key, value))],
                IsNot = isNot,
            }
            : throw new InvalidRequestException(
                $"The filter has {values.Count} texts of the attribute '{key}'; 1 to {SearchFilter.MaxEntries} are "
                + "possible.");
}
