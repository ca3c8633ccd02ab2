using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using OrleansGallery.Contracts;

namespace OrleansGallery.Server;

/// <summary>A key about itself, so that whoever has it offers nothing that it may not do.</summary>
internal static class OwnKeyEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/keys:own", Get).WithName("getOwnKey")
            .WithSummary("What the key that the request comes with may do, or that this service asks for none.")
            .Gives(KeyExamples.Own);

    private static Ok<OwnKeyResponse> Get(HttpContext context)
    {
        KeyResponse? key = Caller.Of(context) is { } caller ? KeyAnswers.Of(caller.Key) : null;
        return TypedResults.Ok(new OwnKeyResponse { Open = key is null, Key = key });
    }
}
