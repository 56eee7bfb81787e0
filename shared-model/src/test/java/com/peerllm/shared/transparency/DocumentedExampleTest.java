package com.peerllm.shared.transparency;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.peerllm.shared.identity.AccountId;
import com.peerllm.shared.identity.HostId;
import com.peerllm.shared.identity.PeerIdentity;
import com.peerllm.shared.identity.Sha256;
import com.peerllm.shared.money.Credits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/** The worked example in docs/transparency.md: a log of four leaves, each of its bytes made here. */
class DocumentedExampleTest {
    private static final Path PAGE = Path.of("../docs/transparency.md");
    private static final HexFormat HEX = HexFormat.of();

    /** The secret key and public key of RFC 8032, section 7.1, test 1. */
    private static final PeerIdentity LOG = key(
            "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");

    /** Those of test 2. */
    private static final PeerIdentity WITNESS = key(
            "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");

    private static final byte[] SECRET = HEX.parseHex("01".repeat(32));
    private static final AccountId ALICE = AccountId.of("consumer", "alice");
    private static final HostId HOST = new HostId("host_38d4ce96b43a2d0fb39845cece46766a");
    private static final long START = 1_795_381_790_000L;
    private static final long LATER = 1_795_381_796_000L;

    private static PeerIdentity key(String secret, String open) {
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        byte[] pkcs8 = HEX.parseHex("302e020100300506032b657004220420" + secret);
        return PeerIdentity.parse(
                "peerllm-ed25519 " + base64.encodeToString(pkcs8) + " " + base64.encodeToString(HEX.parseHex(open)));
    }

    @Test
    void thePageShowsWhatTheCodeMakes() throws Exception {
        String page = Files.readString(PAGE);
        List<String> missing = new ArrayList<>();
        for (String block : blocks()) {
            if (!page.contains(block.indent(4).replace("    \n", "\n"))) missing.add(block);
        }
        assertThat(missing).as("not in %s", PAGE).isEmpty();
    }

    private static List<String> blocks() throws Exception {
        SortedMap<AccountId, Credits> balances = new TreeMap<>();
        balances.put(commitment("state " + LATER), new Credits(4_999_989_000L));
        balances.put(AccountId.ofHost(HOST), new Credits(10_450));
        balances.put(AccountId.of("network", "fees"), new Credits(550));
        MerkleSum sums = new MerkleSum(balances);

        String job = "job_d3b5e09ee645c0fbca1ef61cd6321af1";
        List<LogLeaf> leaves = List.of(
                state(START, 0, 0, 0, 0, SumNode.EMPTY),
                new LogLeaf.Entry(
                        1_795_381_791_000L,
                        "top_up",
                        AccountId.of("mint", "credits"),
                        commitment("topup-1"),
                        Credits.ofDollars(5)),
                LogLeaf.parse(LogLeafTest.PAYMENT
                        .replaceFirst(
                                "consumer .*", "consumer " + commitment(job).name())
                        .getBytes(UTF_8)),
                state(LATER, 4_999_989_000L, 10_450, 550, 3, sums.root()));

        TileBuilder tiles = new TileBuilder();
        WholeTree tree = new WholeTree();
        for (LogLeaf leaf : leaves) {
            tiles.append(leaf.bytes());
            tree.add(leaf.bytes());
        }
        Checkpoint checkpoint = new Checkpoint("peerllm.log/example", 4, tiles.root());
        SignedNote note =
                checkpoint.sign(LOG).with(Cosignature.sign("witness.example/w1", WITNESS, checkpoint, 1_795_381_797L));
        InclusionProof proof = new TreeProver(tree).inclusion(2, 4);
        assertThat(TlogProof.of(proof, note)
                        .verify(tree.leaf(2), new LogVerifier("peerllm.log/example", LOG.publicKey())))
                .isEqualTo(Verdict.HOLDS);

        List<String> blocks = new ArrayList<>(leaves.stream().map(LogLeaf::text).toList());
        blocks.add(hashes(tree));
        blocks.add(files(tiles));
        blocks.add(NoteKey.ofLog("peerllm.log/example", LOG.publicKey()) + "\n"
                + NoteKey.ofWitness("witness.example/w1", WITNESS.publicKey()));
        blocks.add(TlogProof.of(proof, note).format());
        blocks.add(balances(balances, sums));
        blocks.add(salt("topup-1"));
        return blocks;
    }

    private static LogLeaf state(long time, long consumer, long host, long network, long accounts, SumNode tree) {
        Credits none = Credits.ZERO;
        return new LogLeaf.State(
                time,
                new Credits(consumer),
                none,
                new Credits(host),
                none,
                new Credits(network),
                none,
                new Credits(-consumer - host - network),
                accounts,
                tree);
    }

    private static String hashes(WholeTree tree) {
        return "leaf 0    " + tree.leaf(0).hex() + "\n"
                + "leaf 1    " + tree.leaf(1).hex() + "\n"
                + "leaf 2    " + tree.leaf(2).hex() + "\n"
                + "leaf 3    " + tree.leaf(3).hex() + "\n"
                + "node 0-1  " + tree.hash(1, 0).hex() + "\n"
                + "node 2-3  " + tree.hash(1, 1).hex() + "\n"
                + "root      " + tree.root(4).hex();
    }

    private static String files(TileBuilder tiles) {
        StringBuilder files = new StringBuilder();
        for (TileBuilder.Content content : tiles.takeAdded()) {
            String start = HEX.formatHex(content.bytes(), 0, 16);
            files.append(
                    String.format("%-22s %4d bytes  %s...%n", content.tile().path(), content.bytes().length, start));
        }
        return files.toString().replace(System.lineSeparator(), "\n").stripTrailing();
    }

    private static String balances(SortedMap<AccountId, Credits> balances, MerkleSum sums) {
        StringBuilder text = new StringBuilder();
        List<AccountId> owners = new ArrayList<>(balances.keySet());
        for (AccountId owner : owners) {
            text.append(node("leaf", SumNode.leaf(owner, balances.get(owner))))
                    .append(owner)
                    .append('\n');
        }
        SumNode left = SumNode.over(
                SumNode.leaf(owners.get(0), balances.get(owners.get(0))),
                SumNode.leaf(owners.get(1), balances.get(owners.get(1))));
        assertThat(SumNode.over(left, SumNode.leaf(owners.get(2), balances.get(owners.get(2)))))
                .isEqualTo(sums.root());
        assertThat(sums.proof(owners.get(2)).siblings()).isEqualTo(Collections.singletonList(left));
        return text + node("node", left).stripTrailing() + "\n"
                + node("root", sums.root()).stripTrailing();
    }

    private static String node(String what, SumNode node) {
        return String.format(
                "%s %10d  %s  ", what, node.sum().nanoDollars(), node.hash().hex());
    }

    private static AccountId commitment(String context) throws GeneralSecurityException {
        String opened = "peerllm consumer v1\n" + salt(context) + "\n" + ALICE + "\n" + context;
        return AccountId.of("consumer", HEX.formatHex(Sha256.of(opened.getBytes(UTF_8))));
    }

    private static String salt(String context) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET, "HmacSHA256"));
        return HEX.formatHex(mac.doFinal(context.getBytes(UTF_8)));
    }
}
