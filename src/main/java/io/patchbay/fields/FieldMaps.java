package io.patchbay.fields;

import io.patchbay.company.CompanyId;

/** Each connection's field map. */
public interface FieldMaps {

    /** No connection has one. */
    FieldMaps NONE = new FieldMaps() {
        @Override
        public FieldMap of(long connection) {
            return FieldMap.EMPTY;
        }

        @Override
        public void replace(CompanyId company, long connection, FieldMap map) {
            throw new UnsupportedOperationException("Nothing is kept here.");
        }
    };

    FieldMap of(long connection);

    /** From the next operation on. */
    void replace(CompanyId company, long connection, FieldMap map);
}
