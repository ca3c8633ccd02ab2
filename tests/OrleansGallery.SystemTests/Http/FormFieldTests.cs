using OrleansGallery.Contracts;
using OrleansGallery.Testing;

namespace OrleansGallery.SystemTests.Http;

/// <summary>Numbers and times that come as text in multipart fields.</summary>
public sealed class FormFieldTests(RunningService service)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("threshold", "0,1")]
    [InlineData("threshold", " 0.1")]
    [InlineData("threshold", "0.1 ")]
    [InlineData("threshold", "+0.1")]
    [InlineData("threshold", ".1")]
    [InlineData("threshold", "1.")]
    [InlineData("threshold", "1e400")]
    [InlineData("threshold", "NaN")]
    [InlineData("threshold", "Infinity")]
    [InlineData("threshold", "∞")]
    [InlineData("threshold", "(1)")]
    [InlineData("top", "1,000")]
    [InlineData("top", " 1")]
    [InlineData("top", "+1")]
    [InlineData("top", "1.0")]
    [InlineData("top", "99999999999")]
    [InlineData("requireComplete", " true")]
    [InlineData("requireComplete", "yes")]
    public async Task Search_FieldThatIsNoPlainNumber_IsRefusedQuotingIt(string field, string text)
    {
        Problem problem = await SearchAsync((field, text));
        Assert.Contains($"'{field}' is '{text}'", problem.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Search_FieldGivenTwice_IsRefused()
    {
        Problem problem = await SearchAsync(("top", "1"), ("top", "2"));
        Assert.Contains("'top' is given 2 times", problem.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("yesterday")]
    [InlineData("12:30")]
    [InlineData("01/02/2026")]
    [InlineData(" 2026-01-31T12:00:00Z")]
    [InlineData("2026-01-31 12:00:00")]
    [InlineData("2026-13-31T12:00:00Z")]
    public async Task Enrol_TimeThatIsNotIso_IsRefusedQuotingIt(string text)
    {
        string gallery = await service.CreateGalleryAsync(new() { Model = "default" });
        using MultipartFormDataContent form = Form(("takenAt", text));
        using HttpResponseMessage response = await service.Http.PostAsync(
            $"/v1/galleries/{Uri.EscapeDataString(gallery)}/identities/a/images", form, Cancelled);
        Problem problem = await RunningService.ProblemAsync(response, 400, ErrorCodes.InvalidRequest);
        Assert.Contains($"'takenAt' is '{text}'", problem.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Enrol_TimeWithoutOffset_IsUtcInFormsAndInJson()
    {
        string gallery = await service.CreateGalleryAsync(new() { Model = "default" });
        using MultipartFormDataContent form = Form(("takenAt", "2026-01-31T12:00:00"), ("imageId", "file"));
        using HttpResponseMessage response = await service.Http.PostAsync(
            $"/v1/galleries/{Uri.EscapeDataString(gallery)}/identities/a/images", form, Cancelled);
        response.EnsureSuccessStatusCode();
        ImageResponse image = await service.Client.GetImageAsync(gallery, "a", "file", Cancelled);
        Assert.Equal(new DateTimeOffset(2026, 1, 31, 12, 0, 0, TimeSpan.Zero), image.TakenAt);
    }

    private async Task<Problem> SearchAsync(params (string Field, string Text)[] fields)
    {
        string gallery = await service.CreateGalleryAsync(new() { Model = "default" });
        using MultipartFormDataContent form = Form(fields);
        using HttpResponseMessage response = await service.Http.PostAsync(
            $"/v1/galleries/{Uri.EscapeDataString(gallery)}/search", form, Cancelled);
        return await RunningService.ProblemAsync(response, 400, ErrorCodes.InvalidRequest);
    }

    private static MultipartFormDataContent Form(params (string Field, string Text)[] fields)
    {
        MultipartFormDataContent form = new()
        {
            { new ByteArrayContent(PngFile.Rgb(8, 8, new byte[8 * 8 * 3])), "file", "x.png" },
        };
        foreach ((string field, string text) in fields)
        {
            form.Add(new StringContent(text), field);
        }

        return form;
    }
}
