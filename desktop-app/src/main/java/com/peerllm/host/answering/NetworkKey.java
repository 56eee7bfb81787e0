package com.peerllm.host.answering;

import com.peerllm.host.kernel.HostException;
import com.peerllm.host.kernel.Problem;
import com.peerllm.host.platform.SecretFile;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** The person's own API key of the network, in a file of theirs: who has it can spend what is on the account. */
public final class NetworkKey {
    /** What fits into a header: visible ASCII. */
    private static final Pattern FORM = Pattern.compile("[\\x21-\\x7e]{8,512}");

    private final SecretFile file;

    /** @param file see {@code AppFolders#networkKey} */
    public NetworkKey(Path file) {
        this.file = new SecretFile(file);
    }

    /** Nothing when there is none, or what is there can be no key. */
    public Optional<String> get() {
        return file.read().filter(key -> FORM.matcher(key).matches());
    }

    public boolean isSet() {
        return get().isPresent();
    }

    /** @throws HostException {@code USAGE} when it can be no key; the sentence does not repeat it */
    public void set(String key) {
        String given = key.strip();
        if (!FORM.matcher(given).matches()) {
            throw new HostException(
                    Problem.USAGE,
                    "This is no API key: one has 8 to 512 letters, digits and signs without spaces, such as"
                            + " pllm_ and what follows. Copy it again from where it was made.");
        }
        file.write(given);
    }

    public void clear() {
        file.clear();
    }
}
