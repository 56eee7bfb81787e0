package com.peerllm.shared.audit;

import com.peerllm.shared.transparency.InvalidLogData;
import com.peerllm.shared.transparency.LogLeaf;
import com.peerllm.shared.transparency.Tile;
import com.peerllm.shared.transparency.TreeHash;
import com.peerllm.shared.transparency.TreeHasher;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The leaves of one bundle that hold by themselves, up to the first that does not.
 *
 * @param fault why there are no more; empty when all hold
 * @param signatures how many hosts' signatures were checked
 */
record CheckedBundle(Tile tile, List<LogLeaf> leaves, Optional<Fault> fault, int signatures) {

    /** @param from the first entry that is wanted; those before were checked in an earlier audit */
    static CheckedBundle read(LogFiles files, TrustedTiles tiles, Tile bundle, int from, LeafRules rules)
            throws IOException {
        List<LogLeaf> leaves = new ArrayList<>();
        int[] signatures = new int[1];
        try {
            byte[] hashes = tiles.bytes(new Tile(0, bundle.index(), bundle.width()));
            BundleReader reader = new BundleReader(bundle, TrustedTiles.bytesOf(files, bundle));
            TreeHasher hasher = new TreeHasher();
            for (int i = 0; i < bundle.width(); i++) {
                long number = reader.leaf();
                byte[] entry = reader.next();
                compare(hasher.leaf(entry), TreeHash.at(hashes, i * TreeHash.BYTES), number, bundle);
                if (i >= from) leaves.add(leaf(entry, number, bundle, rules, signatures));
            }
            reader.end();
            return new CheckedBundle(bundle, leaves, Optional.empty(), signatures[0]);
        } catch (BadLog e) {
            return new CheckedBundle(bundle, leaves, Optional.of(e.fault()), signatures[0]);
        }
    }

    private static void compare(TreeHash found, TreeHash expected, long leaf, Tile bundle) throws BadLog {
        if (found.equals(expected)) return;
        throw new BadLog(new Fault(
                OptionalLong.of(leaf),
                Optional.of(bundle.path()),
                "The entry is not the one that the root commits to.",
                Optional.of("the hash " + expected),
                Optional.of(found.toString())));
    }

    private static LogLeaf leaf(byte[] entry, long number, Tile bundle, LeafRules rules, int[] signatures)
            throws BadLog {
        try {
            LogLeaf leaf = LogLeaf.parse(entry);
            if (rules.check(leaf)) signatures[0]++;
            return leaf;
        } catch (InvalidLogData e) {
            throw new BadLog(new WrongLeaf(e.getMessage() + ".").at(number, bundle.path()));
        } catch (WrongLeaf e) {
            throw new BadLog(e.at(number, bundle.path()));
        }
    }
}
