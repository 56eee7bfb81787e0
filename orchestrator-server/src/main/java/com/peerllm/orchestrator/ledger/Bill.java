package com.peerllm.orchestrator.ledger;

import com.peerllm.shared.identity.AccountId;
import com.peerllm.shared.money.Credits;
import com.peerllm.shared.money.RevenueSplit;
import com.peerllm.shared.money.TokenPrice;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a settlement costs and who gets it, to the nano-dollar.
 *
 * @param held what was set aside, of the consumer's own money and of its gifts
 * @param gift what gifts cover; empty when nothing of them was set aside
 * @param charged what the consumer pays; never more than was held
 * @param dropped what the price exceeds the hold by; nobody pays it
 */
record Bill(
        Settlement settlement, Credits held, Optional<Gift> gift, Credits charged, Credits dropped, List<Item> items) {
    /**
     * The part of the consumer's gifts, which are spent before its own money.
     *
     * @param account where they are
     * @param held what of them was set aside
     */
    record Gift(AccountId account, Credits held) {
        /** What they pay of a charge. */
        Credits paysOf(Credits charged) {
            return held.compareTo(charged) < 0 ? held : charged;
        }
    }

    /**
     * One host's part.
     *
     * @param segment its place in the settlement
     */
    record Item(int segment, Settlement.Segment delivered, Credits charged, RevenueSplit.Shares shares) {}

    /** Segments are paid in order, until the hold is used up. Those that delivered nothing are left out. */
    static Bill of(Settlement settlement, Credits held) {
        return of(settlement, held, Optional.empty());
    }

    /** @param own what was set aside of the consumer's own money */
    static Bill of(Settlement settlement, Credits own, Optional<Gift> gift) {
        Credits held = gift.map(Gift::held).orElse(Credits.ZERO).plus(own);
        List<Item> items = new ArrayList<>();
        Credits left = held;
        Credits dropped = Credits.ZERO;
        for (int i = 0; i < settlement.segments().size(); i++) {
            Settlement.Segment delivered = settlement.segments().get(i);
            if (delivered.isEmpty()) continue;
            Credits price = price(delivered);
            Credits charged = price.compareTo(left) <= 0 ? price : left;
            dropped = sumOrLargest(dropped, price.minus(charged));
            left = left.minus(charged);
            items.add(new Item(i, delivered, charged, delivered.split().of(charged)));
        }
        return new Bill(settlement, held, gift, held.minus(left), dropped, List.copyOf(items));
    }

    /** A price beyond 64 bits is beyond every hold, so the largest amount stands for it. */
    private static Credits price(Settlement.Segment delivered) {
        TokenPrice price = delivered.price();
        try {
            return price.cost(delivered.promptTokens(), delivered.completionTokens());
        } catch (ArithmeticException e) {
            return new Credits(Long.MAX_VALUE);
        }
    }

    private static Credits sumOrLargest(Credits one, Credits other) {
        try {
            return one.plus(other);
        } catch (ArithmeticException e) {
            return new Credits(Long.MAX_VALUE);
        }
    }

    Credits released() {
        return held.minus(charged);
    }

    /** What gifts pay of it. */
    Credits giftPays() {
        return gift.isEmpty() ? Credits.ZERO : gift.get().paysOf(charged);
    }

    /**
     * All or nothing: the hold ends, gifts go to the consumer as far as they are spent, and everybody is paid. Amounts of
     * zero move nothing and are left out.
     */
    List<Transfer> chain() {
        List<Transfer> chain = new ArrayList<>();
        TransferId hold = TransferId.holdOf(settlement.job());
        chain.add(new Transfer.Release(hold));
        if (gift.isPresent()) {
            chain.add(new Transfer.Release(hold.promoPart()));
            Credits pays = giftPays();
            if (!pays.isZero()) {
                TransferId id = TransferId.promoSpentOn(settlement.job());
                chain.add(new Transfer.Post(id, gift.get().account(), settlement.consumer(), pays));
            }
        }
        for (Item item : items) {
            Settlement.Segment delivered = item.delivered();
            pay(
                    chain,
                    item,
                    AccountKind.HOST,
                    AccountId.ofHost(delivered.host()),
                    item.shares().host());
            pay(
                    chain,
                    item,
                    AccountKind.NETWORK,
                    AccountKind.NETWORK_FEES,
                    item.shares().network());
            delivered.creator().ifPresent(creator -> {
                pay(chain, item, AccountKind.CREATOR, creator, item.shares().creator());
            });
        }
        return chain;
    }

    private void pay(List<Transfer> chain, Item item, AccountKind receiver, AccountId account, Credits amount) {
        if (amount.isZero()) return;
        TransferId id = TransferId.shareOf(settlement.job(), item.segment(), receiver);
        chain.add(new Transfer.Post(id, settlement.consumer(), account, amount));
    }
}
