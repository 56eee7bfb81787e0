package com.peerllm.host.listings;

import com.peerllm.host.kernel.HostException;
import com.peerllm.host.kernel.Problem;
import com.peerllm.host.kernel.Signal;
import com.peerllm.host.storage.ListingRow;
import com.peerllm.host.storage.ListingTable;
import com.peerllm.shared.money.Credits;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The listings of this computer, all drafts: nothing leaves it. Written down before a call returns. */
public final class Listings {
    /** Nobody sells more; and a list must end. */
    static final int MOST = 1000;

    private static final int ID_BYTES = 8;

    private final ListingTable table;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Signal<List<Listing>> all;

    public Listings(ListingTable table, InstantSource clock, RandomGenerator random) {
        this.table = table;
        this.clock = clock;
        this.random = random;
        all = new Signal<>(read());
    }

    /** The one changed last first. */
    public Signal<List<Listing>> all() {
        return all;
    }

    /**
     * Keeps a draft, in the place of an earlier one when its id is given.
     *
     * @return its id
     */
    public synchronized String save(Optional<String> id, ListingDraft draft) {
        if (id.isEmpty() && all.get().size() >= MOST) {
            throw new HostException(
                    Problem.USAGE, "There are " + MOST + " listings already. Delete some before you write another.");
        }
        String kept = id.orElseGet(this::freshId);
        table.put(row(kept, draft, clock.instant().truncatedTo(ChronoUnit.MILLIS)));
        all.set(read());
        return kept;
    }

    /** What it described stays where it lies. */
    public synchronized void delete(String id) {
        table.delete(id);
        all.set(read());
    }

    private List<Listing> read() {
        return table.all().stream().map(Listings::listing).toList();
    }

    private String freshId() {
        byte[] bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static ListingRow row(String id, ListingDraft draft, Instant now) {
        return new ListingRow(
                id,
                draft.offering().kind().name(),
                draft.offering().path(),
                draft.offering().files(),
                draft.offering().sizeBytes(),
                draft.title(),
                draft.description(),
                draft.licence(),
                draft.price(),
                draft.royaltyPoints(),
                now);
    }

    private static Listing listing(ListingRow row) {
        Path path = row.path();
        Offering offering = new Offering(Offering.Kind.valueOf(row.kind()), path, row.files(), row.sizeBytes());
        Credits price = row.price();
        ListingDraft draft =
                new ListingDraft(offering, row.title(), row.description(), row.licence(), price, row.royaltyPoints());
        return new Listing(row.id(), draft, row.changedAt());
    }
}
