# docket_add_plugin(<kind>_<name> SOURCE...)
#
# <kind>_<name>.so, which is what docket looks for. It is installed into the
# plugin folder; target_link_libraries() adds what else it needs.
function(docket_add_plugin name)
	if(NOT name MATCHES
	   "^(parser|annotator|indexer|notifier)_[a-z0-9_]+$")
		message(FATAL_ERROR "docket_add_plugin: ${name} is not "
			"<kind>_<name>, as parser_letters is")
	endif()
	add_library(${name} MODULE ${ARGN})
	target_link_libraries(${name} PRIVATE docket::plugin)
	set_target_properties(${name} PROPERTIES PREFIX "" SUFFIX ".so"
		C_VISIBILITY_PRESET hidden CXX_VISIBILITY_PRESET hidden)
	install(TARGETS ${name} LIBRARY DESTINATION ${docket_PLUGIN_DIR})
endfunction()
