// Asio and Beast, compiled once for the limits; the product has its own copy, which these programs must not depend on.
#include <boost/asio/impl/src.hpp>
#include <boost/beast/src.hpp>
