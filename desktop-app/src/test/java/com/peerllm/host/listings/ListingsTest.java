package com.peerllm.host.listings;

import static org.assertj.core.api.Assertions.assertThat;

import com.peerllm.host.storage.HostDatabase;
import com.peerllm.shared.money.Credits;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListingsTest {
    @TempDir
    Path folder;

    private Instant now = Instant.parse("2026-11-23T09:00:00Z");

    @Test
    void draftsAreKeptChangedAndDeletedAlsoOverARestart() {
        String first;
        String second;
        try (HostDatabase database = HostDatabase.open(folder.resolve("host"))) {
            Listings listings = listings(database);
            first = listings.save(Optional.empty(), draft("First", 1_000_000_000L));
            now = now.plusSeconds(1);
            second = listings.save(Optional.empty(), draft("Second", 0));
            now = now.plusSeconds(1);
            listings.save(Optional.of(first), draft("First, changed", 12_500_000_000L));
            assertThat(first).isNotEqualTo(second);
        }
        try (HostDatabase database = HostDatabase.open(folder.resolve("host"))) {
            Listings listings = listings(database);

            assertThat(listings.all().get()).extracting(Listing::id).containsExactly(first, second);
            assertThat(listings.all().get().getFirst())
                    .isEqualTo(new Listing(first, draft("First, changed", 12_500_000_000L), now));
            listings.delete(first);
            assertThat(listings.all().get()).extracting(Listing::id).containsExactly(second);
        }
    }

    private Listings listings(HostDatabase database) {
        return new Listings(database.listings(), () -> now, new Random(7));
    }

    private static ListingDraft draft(String title, long nanoDollars) {
        Offering data = new Offering(Offering.Kind.DATA, Path.of("/data/birds"), 1200, 3_400_000_000L);
        return new ListingDraft(data, title, "What it is.", "CC-BY-4.0", new Credits(nanoDollars), 250);
    }
}
