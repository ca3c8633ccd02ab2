using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;
using OrleansGallery.Abstractions;
using OrleansGallery.Contracts;
using OrleansGallery.Grains;

namespace OrleansGallery.Server;

/// <summary>Images of which nobody says whose they are: decided, listed, resolved, undone.</summary>
internal static class ObservationEndpoints
{
    private const string State = "state";

    public static void Map(RouteGroupBuilder gallery)
    {
        RouteGroupBuilder routes = gallery.MapGroup("").WithTags("Observations");
        routes.MapPost("/images:observe", ObserveAsync).WithName("observeImage")
            .WithSummary("Decides whose an image is: it joins an identity, founds a provisional one, or is kept aside.")
            .Takes(ObservationExamples.Observe, RequestBodyDescription.Json, RequestBodyDescription.Multipart)
            .Repeats("It changes nothing: an observation is decided once per id (`imageId`, or its content), and a "
                + "repetition answers 200 with the same outcome and `duplicate`.")
            .Gives(ObservationExamples.Founded, 201).Gives(ObservationExamples.Duplicate)
            .Fails(
                ErrorCodes.GalleryNotFound, ErrorCodes.ImageConflict, ErrorCodes.IdentityExists, ErrorCodes.Erased,
                ErrorCodes.OperationConflict, ErrorCodes.InvalidEmbedding, ErrorCodes.InvalidImage, ErrorCodes.NoModel,
                ErrorCodes.ModelNotFound, ErrorCodes.NoEmbeddingSilo, ErrorCodes.EmbeddingFailed,
                ErrorCodes.Overloaded, ErrorCodes.Incomplete, ErrorCodes.Unconfirmed, ErrorCodes.StorageFull);
        RouteGroupBuilder observations = gallery.MapGroup("/observations").WithTags("Observations");
        observations.MapGet("", ListAsync).WithName("listObserved")
            .WithSummary("Identities that come from observations and are not confirmed, page by page.")
            .Paged()
            .WithMetadata(OperationParameter.Query(
                State, JsonSchemaType.String, "ambiguous",
                "Only those that are `provisional`, or only those that are `ambiguous`. Default: both."))
            .Gives(ObservationExamples.List).Fails(ErrorCodes.GalleryNotFound);
        observations.MapGet("/{observation}", GetAsync).WithName("getObservation")
            .WithSummary("What was decided of an observation, and where its images are now.")
            .Gives(ObservationExamples.Duplicate)
            .Fails(ErrorCodes.GalleryNotFound, ErrorCodes.OperationNotFound);
        observations.MapPost("/{observation}:resolve", ResolveAsync).WithName("resolveObservation")
            .WithSummary("Says whose an observation is that was kept aside or founded a provisional identity.")
            .Takes(ObservationExamples.Resolve, RequestBodyDescription.Json)
            .Repeats("It changes nothing: what is resolved so stays so.")
            .Gives(ObservationExamples.Resolved)
            .Fails(
                ErrorCodes.GalleryNotFound, ErrorCodes.OperationNotFound, ErrorCodes.IdentityNotFound,
                ErrorCodes.ImageExists, ErrorCodes.OperationConflict, ErrorCodes.StorageFull);
        observations.MapPost("/{observation}:undo", UndoAsync).WithName("undoObservation")
            .WithSummary("Takes an observation back: its images go, and an identity that has no others with them.")
            .Repeats("It changes nothing: what is undone stays so, and a repetition answers the same.")
            .Gives(ObservationExamples.Undone)
            .Fails(
                ErrorCodes.GalleryNotFound, ErrorCodes.OperationNotFound, ErrorCodes.ImageNotFound,
                ErrorCodes.StorageFull);
        // Without this the routes above would stand for all POSTs here, and not matching one would be a 404.
        observations.MapPost("/{observation}", OperationEndpoints.RefusePost).ExcludeFromDescription();
    }

    private static async Task<IResult> ObserveAsync(
        string gallery, HttpRequest request, GalleryObserver observer, ItemEnroller enroller,
        IOptions<ServerOptions> options, CancellationToken aborted)
    {
        (ObserveRequest fields, IReadOnlyList<byte[]> files) =
            await ObservationReader.ReadAsync(request, options.Value.MaxBodyBytes);
        (string observationId, IReadOnlyList<ItemToEnrol> items) = ObservationReader.ItemsOf(fields, files);
        Gallery found = await enroller.FindGalleryAsync(gallery).WaitAsync(aborted);
        ObservationRule rule =
            ObservationRule.Of(found, fields.JoinThreshold, fields.FoundThreshold, fields.Margin);
        ObservationOutcome outcome = await observer.ObserveAsync(
            found,
            new Observation
            {
                ObservationId = observationId,
                Digest = ObservationReader.DigestOf(items),
                EmbedAsync = async () => await Task.WhenAll(
                    items.Select(item => enroller.EmbedAsync(found, item, aborted))),
            },
            rule, aborted).WaitAsync(aborted);
        ObservationResponse response = ObservationAnswers.Of(outcome);
        return outcome.IsDuplicate
            ? TypedResults.Ok(response)
            : JsonAnswer.Created(
                $"{GalleryRoutes.Prefix}/{Uri.EscapeDataString(found.Name)}/observations/"
                + Uri.EscapeDataString(observationId), response);
    }

    private static async Task<IResult> ListAsync(
        string gallery, HttpRequest request, IGrainFactory grains, CancellationToken aborted)
    {
        Paging paging = Paging.Of(request);
        string? state = request.Query[State] switch
        {
            { Count: 0 } => null,
            [ReservedAttributes.Provisional] => ReservedAttributes.Provisional,
            [ReservedAttributes.Ambiguous] => ReservedAttributes.Ambiguous,
            var other => throw new InvalidRequestException(
                $"state is '{other}'; {ReservedAttributes.Provisional} or {ReservedAttributes.Ambiguous} is taken."),
        };
        IGalleryGrain grain = grains.GalleryGrain(gallery);
        IdentityPage page = await grain.ListObservedAsync(state, paging.Cursor, paging.Limit).WaitAsync(aborted);
        ObservationRecord?[] records = await Task.WhenAll(page.Identities.Select(entry =>
            ObservationAnswers.StateOf(entry.Attributes) == IdentityState.Ambiguous
            && entry.Attributes.GetValueOrDefault(ReservedAttributes.Observation) is { } observation
                ? grain.FindObservationAsync(observation, null)
                : Task.FromResult<ObservationRecord?>(null))).WaitAsync(aborted);
        return TypedResults.Ok(new ObservedIdentityListResponse
        {
            Identities = [.. page.Identities.Zip(records, ObservationAnswers.Of)], Next = page.Next,
        });
    }

    private static async Task<IResult> GetAsync(
        string gallery, string observation, GalleryObserver observer, IGrainFactory grains, CancellationToken aborted)
    {
        IdRules.Require("image id", observation);
        Gallery found = await grains.GalleryGrain(gallery).GetAsync().WaitAsync(aborted);
        return TypedResults.Ok(ObservationAnswers.Of(
            await observer.GetAsync(found, observation).WaitAsync(aborted)));
    }

    private static async Task<IResult> ResolveAsync(
        string gallery, string observation, HttpRequest request, GalleryObserver observer, IGrainFactory grains,
        TimeProvider time, CancellationToken aborted)
    {
        IdRules.Require("image id", observation);
        ResolveObservationRequest body = await JsonBody.ReadAsync<ResolveObservationRequest>(request);
        if (body.Into is null != body.IsNew)
        {
            throw new InvalidRequestException(
                body.IsNew ? "Both into and isNew are given; an observation is one or the other."
                : "Neither into nor isNew is given; name the identity, or say that it is somebody new.");
        }

        string? into = body.Into is null ? null : IdRules.Require("identity id in the field into", body.Into);
        Gallery found = await grains.GalleryGrain(gallery).GetAsync().WaitAsync(aborted);
        string identity = await RepeatedOperation.RunAsync(
            () => observer.ResolveAsync(found, observation, into), time, aborted);
        IdentitySnapshot snapshot =
            await grains.IdentityGrain(found, identity).GetAsync(withDispersion: false).WaitAsync(aborted);
        return TypedResults.Ok(ObservationAnswers.Of(
            new IdentityEntry
            {
                IdentityId = identity,
                Version = snapshot.Version,
                Count = snapshot.Count,
                Attributes = snapshot.Attributes,
            },
            null));
    }

    private static async Task<IResult> UndoAsync(
        string gallery, string observation, GalleryObserver observer, IGrainFactory grains, TimeProvider time,
        CancellationToken aborted)
    {
        IdRules.Require("image id", observation);
        Gallery found = await grains.GalleryGrain(gallery).GetAsync().WaitAsync(aborted);
        return TypedResults.Ok(ObservationAnswers.Of(await RepeatedOperation.RunAsync(
            () => observer.UndoAsync(found, observation), time, aborted)));
    }
}
