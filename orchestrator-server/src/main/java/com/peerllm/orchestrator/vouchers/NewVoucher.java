package com.peerllm.orchestrator.vouchers;

/** A voucher that was just made, with the code that is shown this once. */
public record NewVoucher(Voucher voucher, String code) {
    /** Leaves the code out. */
    @Override
    public String toString() {
        return "NewVoucher[" + voucher.id() + "]";
    }
}
