package com.peerllm.desktop.market;

import com.peerllm.host.kernel.Cancellation;
import com.peerllm.host.kernel.Signal;
import com.peerllm.host.listings.Listing;
import com.peerllm.host.listings.ListingDraft;
import com.peerllm.host.listings.Listings;
import com.peerllm.host.listings.Look;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What the market watches of the host and asks of it. */
public record MarketSource(Signal<List<Listing>> listings, Keeping keeping) {

    /** Looks at what is to be sold, and keeps drafts. All may take long; none is called on the thread of the screens. */
    public interface Keeping {

        /** @throws com.peerllm.host.kernel.HostException when it cannot be offered, with what to do */
        Look look(Path path, Cancellation cancellation);

        /** @param id of an earlier draft that this one replaces */
        void save(Optional<String> id, ListingDraft draft);

        void delete(String id);
    }

    public static MarketSource of(Listings listings) {
        return new MarketSource(listings.all(), new Keeping() {
            @Override
            public Look look(Path path, Cancellation cancellation) {
                return Look.at(path, cancellation);
            }

            @Override
            public void save(Optional<String> id, ListingDraft draft) {
                listings.save(id, draft);
            }

            @Override
            public void delete(String id) {
                listings.delete(id);
            }
        });
    }
}
