package com.peerllm.host.modelstore;

import com.peerllm.host.catalog.CatalogOrder;
import com.peerllm.host.kernel.Signal;
import com.peerllm.shared.model.ModelDigest;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The downloads of this computer, kept over restarts. All methods return at once. */
public interface Downloads {

    /**
     * A file to fetch.
     *
     * @param name of the model that it becomes
     * @param from where the file is
     * @param listing where the publisher's API tells size and digest, for a file whose digest is not known yet
     */
    record Order(
            String name, URI from, OptionalLong sizeBytes, Optional<ModelDigest> digest, Optional<Listing> listing) {

        /** What the catalogue tells of a variant. */
        public static Order of(CatalogOrder published) {
            return new Order(
                    published.name(),
                    published.from(),
                    published.sizeBytes(),
                    published.digest(),
                    Optional.of(new Listing(published.listing(), published.file())));
        }
    }

    /**
     * Where a publisher lists a file.
     *
     * @param api of the listing, such as {@code https://huggingface.co/api/models/OWNER/NAME/tree/main}
     * @param file its path there
     */
    record Listing(URI api, String file) {}

    /** All that are not cancelled and not taken off the list, in the order in which they were asked for. */
    Signal<List<Download>> all();

    /**
     * Puts a file on the list.
     *
     * @return its id
     * @throws com.peerllm.host.kernel.HostException when it cannot be: another file is on its way to the same name, or the disk
     *     has too little room
     */
    String fetch(Order order);

    /** What was received stays. */
    void pause(String id);

    /** Also after a failure. */
    void resume(String id);

    /** Deletes what was received, or takes a finished one off the list. */
    void cancel(String id);
}
