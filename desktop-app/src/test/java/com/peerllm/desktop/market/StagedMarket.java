package com.peerllm.desktop.market;

import com.peerllm.host.kernel.Cancellation;
import com.peerllm.host.kernel.HostException;
import com.peerllm.host.kernel.Problem;
import com.peerllm.host.kernel.Signal;
import com.peerllm.host.listings.Listing;
import com.peerllm.host.listings.ListingDraft;
import com.peerllm.host.listings.Look;
import com.peerllm.host.listings.Offering;
import com.peerllm.shared.money.Credits;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Listings in memory, and files that are only said to be there. */
public final class StagedMarket implements MarketSource.Keeping {
    public static final Path MODEL = Path.of("/home/ada/models/field-notes-3b-q4_k_m.gguf");
    public static final Path DATA = Path.of("/home/ada/recordings/dawn-chorus");
    private static final Instant THEN = Instant.parse("2026-11-21T18:30:00Z");

    public final Signal<List<Listing>> listings = new Signal<>(List.of());
    public final List<String> asked = new ArrayList<>();
    public Optional<HostException> refusal = Optional.empty();

    public MarketSource source() {
        return new MarketSource(listings, this);
    }

    @Override
    public Look look(Path path, Cancellation cancellation) {
        asked.add("look " + path.getFileName());
        if (refusal.isPresent()) throw refusal.get();
        if (path.equals(MODEL)) {
            return new Look(
                    new Offering(Offering.Kind.MODEL, path, 1, 2_019_377_696L),
                    Optional.of("Field Notes 3B"),
                    Optional.of("apache-2.0"));
        }
        return new Look(
                new Offering(Offering.Kind.DATA, path, 1284, 38_200_000_000L), Optional.empty(), Optional.empty());
    }

    @Override
    public void save(Optional<String> id, ListingDraft draft) {
        String kept = id.orElse("id" + listings.get().size());
        List<Listing> all = new ArrayList<>(listings.get());
        all.removeIf(listing -> listing.id().equals(kept));
        all.addFirst(new Listing(kept, draft, THEN));
        listings.set(List.copyOf(all));
    }

    @Override
    public void delete(String id) {
        if (refusal.isPresent()) throw refusal.get();
        listings.set(listings.get().stream()
                .filter(listing -> !listing.id().equals(id))
                .toList());
    }

    /** The disk has gone. */
    public void breakDown() {
        refusal = Optional.of(new HostException(
                Problem.USAGE, "notes.txt is not a GGUF file. Choose a model in GGUF form, or a folder of data."));
    }

    public void fill() {
        keep(
                "birds",
                DATA,
                Offering.Kind.DATA,
                1284,
                38_200_000_000L,
                "Dawn chorus: 1,284 recordings of birds at sunrise, with species and place",
                "CC-BY-4.0",
                25_000_000_000L);
        keep("notes", MODEL, Offering.Kind.MODEL, 1, 2_019_377_696L, "Field Notes 3B", "Apache-2.0", 4_500_000_000L);
        keep(
                "glossary",
                Path.of("/home/ada/glossary"),
                Offering.Kind.DATA,
                1,
                820_000,
                "Carpentry glossary in four languages",
                "CC0-1.0",
                0);
    }

    private void keep(
            String id,
            Path path,
            Offering.Kind kind,
            long files,
            long bytes,
            String title,
            String licence,
            long price) {
        save(
                Optional.of(id),
                new ListingDraft(
                        new Offering(kind, path, files, bytes),
                        title,
                        "Recorded over three springs in one valley. Every file names the species, the place to a"
                                + " kilometre, and the time.",
                        licence,
                        new Credits(price),
                        250));
    }
}
