using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;
using OrleansGallery.Abstractions;
using OrleansGallery.Contracts;

namespace OrleansGallery.Server;

/// <summary>A multipart body: files and fields. The server's body limit holds for the whole.</summary>
internal sealed class FormBody
{
    private readonly IFormCollection _form;
    private readonly IReadOnlyList<(string Field, byte[] Bytes)> _files;

    private FormBody(IFormCollection form, IReadOnlyList<(string Field, byte[] Bytes)> files) =>
        (_form, _files) = (form, files);

    /// <summary>The only file, in the field <c>file</c>.</summary>
    public byte[] File => _files is [("file", { } only)] ? only : throw new InvalidRequestException(
        $"The multipart body has {_files.Count} files; exactly one is taken here, in the field 'file'.");

    public static bool Is(HttpRequest request) =>
        request.ContentType?.StartsWith("multipart/form-data", StringComparison.OrdinalIgnoreCase) == true;

    public static async Task<FormBody> ReadAsync(HttpRequest request, int maxBytes)
    {
        CancellationToken cancellationToken = request.HttpContext.RequestAborted;
        // The threshold keeps files in memory: a body is never larger than maxBytes, and nothing is left on the disk.
        FormOptions options = new() { MemoryBufferThreshold = maxBytes, MultipartBodyLengthLimit = long.MaxValue };
        IFormCollection form;
        try
        {
            form = await new FormFeature(request, options).ReadFormAsync(cancellationToken);
        }
        catch (Exception exception) when (
            exception is InvalidDataException or IOException
            && exception is not BadHttpRequestException
            && !cancellationToken.IsCancellationRequested)
        {
            throw new InvalidRequestException($"The multipart body cannot be read: {exception.Message}");
        }

        List<(string, byte[])> files = new(form.Files.Count);
        foreach (IFormFile file in form.Files)
        {
            using MemoryStream copy = new((int)file.Length);
            await file.CopyToAsync(copy, cancellationToken);
            files.Add((file.Name, copy.ToArray()));
        }

        return new FormBody(form, files);
    }

    /// <summary>The files of a field, in their order.</summary>
    public IReadOnlyList<byte[]> Files(string field) =>
        [.. _files.Where(file => file.Field == field).Select(file => file.Bytes)];

    /// <summary>Refuses files in other fields than these.</summary>
    public void RequireFilesIn(params ReadOnlySpan<string> fields)
    {
        foreach ((string field, _) in _files)
        {
            if (!fields.Contains(field))
            {
                throw new InvalidRequestException(
                    $"The multipart body has a file in the field '{field}'; files are taken in "
                    + $"{string.Join(" and ", fields!)} here.");
            }
        }
    }

    public string? Text(string field)
    {
        if (!_form.TryGetValue(field, out StringValues values) || values.Count == 0)
        {
            return null;
        }

        return values.Count == 1
            ? values[0]
            : throw new InvalidRequestException($"The field '{field}' is given {values.Count} times; once is enough.");
    }

    public int? Integer(string field) => Text(field) switch
    {
        null or "" => null,
        { } text when PlainNumber.TryParse(text, out int value) => value,
        { } text => throw Wrong(field, text, "a whole number"),
    };

    public double? Number(string field) => Text(field) switch
    {
        null or "" => null,
        { } text when PlainNumber.TryParse(text, out double value) => value,
        { } text => throw Wrong(field, text, "a number as JSON has them, such as 0.1,"),
    };

    public bool? Flag(string field) => Text(field) switch
    {
        null or "" => null,
        "true" => true,
        "false" => false,
        { } text => throw Wrong(field, text, "true or false"),
    };

    public DateTimeOffset? Time(string field)
    {
        if (Text(field) is not { Length: > 0 } text)
        {
            return null;
        }

        try
        {
            // As in a JSON body.
            return JsonSerializer.SerializeToElement(text).Deserialize<DateTimeOffset>(GalleryJson.Options);
        }
        catch (JsonException)
        {
            throw Wrong(field, text, "a time of the form 2026-01-31T12:00:00Z");
        }
    }

    private static InvalidRequestException Wrong(string field, string text, string expected) =>
        new($"The field '{field}' is '{text}'; {expected} is expected.");
}
