/** Which steps of the clock are believed, by stages and executor alike. */
package io.quantumtrader.schemas.time;
