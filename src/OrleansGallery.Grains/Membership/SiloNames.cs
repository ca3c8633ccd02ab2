using Microsoft.Extensions.DependencyInjection;
using OrleansGallery.Abstractions;

namespace OrleansGallery.Grains;

/// <summary>
/// Sees to it that a silo's plain name is its own: where partitions belong is computed from names, so that two silos of
/// one name would both take what belongs to it.
/// </summary>
/// <param name="services">The services of a host with <see cref="PostgresMembershipExtensions"/>' membership.</param>
/// <param name="name">The plain name.</param>
public sealed class SiloNames(IServiceProvider services, string name)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private readonly TimeProvider _time = services.GetService<TimeProvider>() ?? TimeProvider.System;

    /// <summary>
    /// Waits, before the silo joins, until no other of its name lives. One that was killed a moment ago still looks as
    /// if it lived, until its heartbeat is stale; one whose heartbeat goes on does live.
    /// </summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The silo that has the name, as text; null: it is free.</returns>
    public async Task<string?> WaitUntilFreeAsync(CancellationToken cancellationToken)
    {
        IMembershipTable table = services.GetRequiredService<IMembershipTable>();
        await table.InitializeMembershipTableAsync(tryInitTableVersion: true, cancellationToken);
        Dictionary<SiloAddress, DateTime> first = [];
        while (true)
        {
            DateTime stale = _time.GetUtcNow().UtcDateTime - MembershipTiming.HeartbeatsGoStale;
            MembershipEntry[] alive = [.. (await table.ReadAllAsync(cancellationToken)).Members
                .Select(member => member.Item1)
                .Where(silo => HasName(silo.SiloName) && IsMember(silo.Status) && silo.IAmAliveTime > stale)];
            if (alive.Length == 0)
            {
                return null;
            }

            foreach (MembershipEntry silo in alive)
            {
                if (first.TryAdd(silo.SiloAddress, silo.IAmAliveTime))
                {
                    continue;
                }

                if (silo.IAmAliveTime > first[silo.SiloAddress])
                {
                    return Describe(silo.SiloAddress, silo.HostName);
                }
            }

            await Task.Delay(Pause, _time, cancellationToken);
        }
    }

    /// <summary>
    /// Whether another silo joined under the same name at the same time, and was first. Asked once this one is active:
    /// of two, the second to be active sees the first.
    /// </summary>
    /// <returns>The other silo, as text; null: the name is this one's.</returns>
    public async Task<string?> FindFirstAsync()
    {
        SiloAddress own = services.GetRequiredService<ILocalSiloDetails>().SiloAddress;
        IClusterMembershipService membership = services.GetRequiredService<IClusterMembershipService>();
        await membership.Refresh();
        return membership.CurrentSnapshot.Members.Values
            .Where(silo => HasName(silo.Name) && IsMember(silo.Status) && IsBefore(silo.SiloAddress, own))
            .Select(silo => Describe(silo.SiloAddress, host: null))
            .FirstOrDefault();
    }

    private static bool IsMember(SiloStatus status) => status is SiloStatus.Joining or SiloStatus.Active;

    // Generations are times of starts, in seconds.
    private static bool IsBefore(SiloAddress silo, SiloAddress own) =>
        (silo.Generation, silo.ToParsableString()).CompareTo((own.Generation, own.ToParsableString())) < 0;

    private static string Describe(SiloAddress silo, string? host) =>
        host is null ? silo.Endpoint.ToString() : $"{silo.Endpoint} on '{host}'";

    private bool HasName(string? text) => SiloName.TryParse(text, out SiloName? parsed) && parsed.Name == name;
}
