package com.peerllm.host.modelstore;

import java.net.URI;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file on a model hub, from the address that a browser shows for it or for its download:
 * {@code https://huggingface.co/OWNER/NAME/resolve/main/FILE}, with {@code blob} in the place of {@code resolve} too.
 */
public record HubAddress(URI download, Downloads.Listing listing) {
    private static final Pattern FORM =
            Pattern.compile("(https?://[^/?#]+)/([^/?#]+/[^/?#]+)/(?:resolve|blob)/([^/?#]+)/([^?#]+)(?:[?#].*)?");

    /** Empty when it is not of this form. */
    public static Optional<HubAddress> of(URI address) {
        Matcher m = FORM.matcher(address.toString());
        if (!m.matches()) return Optional.empty();
        return Optional.of(of(m.group(1), m.group(2), m.group(3), m.group(4)));
    }

    /**
     * @param hub such as {@code https://huggingface.co}
     * @param repository {@code OWNER/NAME}
     * @param revision such as {@code main}
     * @param file its path in the repository, as it stands in an address
     */
    public static HubAddress of(String hub, String repository, String revision, String file) {
        URI download = URI.create(hub + "/" + repository + "/resolve/" + revision + "/" + file);
        URI api = URI.create(hub + "/api/models/" + repository + "/tree/" + revision);
        String path = URI.create("x:/" + file).getPath().substring(1);
        return new HubAddress(download, new Downloads.Listing(api, path));
    }
}
