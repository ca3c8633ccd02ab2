using OrleansGallery.Abstractions;

namespace OrleansGallery.Grains;

/// <summary>One partition's share of a commit: its changes, and what they would make of it.</summary>
internal sealed class CommitShare
{
    private readonly List<ChangeTicket> _tickets = [];
    private readonly List<CommitReceipt> _receipts = [];

    /// <summary>Drafts the changes; one that could not be published is refused here, alone.</summary>
    /// <param name="partition">The partition.</param>
    /// <param name="tickets">Its changes, each identity once.</param>
    public CommitShare(LocalPartition partition, IEnumerable<ChangeTicket> tickets)
    {
        Partition = partition;
        Draft = partition.BeginDraft();
        foreach (ChangeTicket ticket in tickets)
        {
            try
            {
                _receipts.Add(Draft.Add(ticket.Change));
                if (ticket.Joint?.Second is { } second)
                {
                    Draft.Add(second);
                }

                _tickets.Add(ticket);
            }
            catch (InvalidRequestException exception)
            {
                ticket.Refuse(exception);
            }
        }
    }

    /// <summary>The partition.</summary>
    public LocalPartition Partition { get; }

    /// <summary>What the commit makes of it.</summary>
    public PartitionDraft Draft { get; }

    /// <summary>The changes that are left.</summary>
    public IReadOnlyList<ChangeTicket> Tickets => _tickets;

    /// <summary>Answers the callers; the rows are published.</summary>
    public void Accept()
    {
        for (int i = 0; i < _tickets.Count; i++)
        {
            _tickets[i].Accept(_receipts[i]);
        }
    }

    /// <summary>Tells the callers why not.</summary>
    /// <param name="exception">What they hear.</param>
    public void Refuse(Exception exception) => _tickets.ForEach(ticket => ticket.Refuse(exception));
}
