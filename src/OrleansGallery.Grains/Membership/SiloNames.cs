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
            MembershipEntry[] alive = await ReadAliveAsync(table, cancellationToken);
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
                    return Describe(silo);
                }
            }

            await Task.Delay(Pause, _time, cancellationToken);
        }
    }

    /// <summary>
    /// Whether another silo joined under the same name at the same time. Asked once this one is active: of two, the
    /// last to be so sees the other. It may be that both see each other, and none stays.
    /// </summary>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>The other silo, as text; null: the name is this one's.</returns>
    public async Task<string?> FindOtherAsync(CancellationToken cancellationToken)
    {
        SiloAddress own = services.GetRequiredService<ILocalSiloDetails>().SiloAddress;
        IMembershipTable table = services.GetRequiredService<IMembershipTable>();
        return (await ReadAliveAsync(table, cancellationToken))
            .Where(silo => silo.Status == SiloStatus.Active && !silo.SiloAddress.Equals(own))
            .Select(Describe)
            .FirstOrDefault();
    }

    /// <summary>Who lives under the name now. Nothing is waited for, and nothing is written.</summary>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>The silo, which may have been killed a moment ago; null: the name is free.</returns>
    public async Task<LivingSilo?> FindAliveAsync(CancellationToken cancellationToken)
    {
        IMembershipTable table = services.GetRequiredService<IMembershipTable>();
        await table.InitializeMembershipTableAsync(tryInitTableVersion: false, cancellationToken);
        return (await ReadAliveAsync(table, cancellationToken)).Select(Living).FirstOrDefault();
    }

    private static string Describe(MembershipEntry silo) => $"{Living(silo)}";

    private static LivingSilo Living(MembershipEntry silo) =>
        new(silo.SiloAddress.Endpoint, silo.ProxyPort, silo.HostName);

    private async Task<MembershipEntry[]> ReadAliveAsync(IMembershipTable table, CancellationToken cancellationToken)
    {
        DateTime stale = _time.GetUtcNow().UtcDateTime - MembershipTiming.HeartbeatsGoStale;
        return
        [
            .. (await table.ReadAllAsync(cancellationToken)).Members
                .Select(member => member.Item1)
                .Where(silo => silo.Status is SiloStatus.Joining or SiloStatus.Active && silo.IAmAliveTime > stale)
                .Where(silo => SiloName.TryParse(silo.SiloName, out SiloName? parsed) && parsed.Name == name),
        ];
    }
}
